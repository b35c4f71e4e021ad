// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.config.ApplicationClass;

/** What is told of an exception of the application's own code: not what it says, which could be anything. */
final class ApplicationFailure {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private ApplicationFailure() {}

    /** The kinds of {@code failure} and its causes, and where it happened: in {@code code} itself, where the trace has it. */
    static String described(@Nullable Throwable failure, Class<?> code) {
        return failure == null
                ? "for no reason"
                : failure.getClass().getName() + place(failure, code) + ApplicationClass.causes(failure);
    }

    /** Closes what the application has made for us, if it can be closed. */
    static void close(Object ofApplication) {
        if (ofApplication instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception | Error e) {
                var type = ofApplication.getClass();
                LOG.log(Level.WARNING, () -> type.getName() + " could not be closed: " + described(e, type));
            }
        }
    }

    private static String place(Throwable failure, Class<?> code) {
        var trace = List.of(failure.getStackTrace());
        return trace.stream()
                .filter(frame -> frame.getClassName().equals(code.getName()))
                .findFirst()
                .or(() -> trace.stream().findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
    }
}
