// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads that do not keep the JVM alive, and see the classes that an engine needs. */
final class SharedStateThreads implements ThreadFactory {
    private final String prefix;
    private final @Nullable ClassLoader loader;
    private final AtomicInteger count = new AtomicInteger();

    SharedStateThreads(String prefix, @Nullable ClassLoader loader) {
        this.prefix = prefix;
        this.loader = loader;
    }

    @Override
    public Thread newThread(Runnable task) {
        var thread = new Thread(task, prefix + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}
