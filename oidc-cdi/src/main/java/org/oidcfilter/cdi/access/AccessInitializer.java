// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.servlet.UnseenDefinition;

/** Puts {@link DeniedAccess} behind all filters of the application, whoever let the request in, and has unseen definitions noticed. */
public final class AccessInitializer implements ServletContainerInitializer {
    /** For the container. */
    public AccessInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
        UnseenDefinition.noticeIn(context);
        var filter = context.addFilter("OIDC: denied access", new DeniedAccess());
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.ASYNC), true, "/*");
        }
    }
}
