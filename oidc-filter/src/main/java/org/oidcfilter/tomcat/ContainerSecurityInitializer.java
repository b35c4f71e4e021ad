// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.servlet.ContainerSecurity;

/**
 * Takes part in Tomcat's security where {@code oidc.container-security} says so, and looks elsewhere that somebody else does.
 * Settings are read later: listeners of the application may have some. Every container finds this class, also those that
 * have nothing of Tomcat: its fields and signatures name neither Tomcat nor Jakarta Authentication.
 */
public final class ContainerSecurityInitializer implements ServletContainerInitializer {
    /** For the container. */
    public ContainerSecurityInitializer() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
        ContainerSecurity.initialized(context);
        if (context.getAttribute(ForgetfulAuthenticator.RESOURCES) != null) {
            TomcatEdge.listenTo(context);
        } else {
            ContainerSecurity.listenTo(context);
        }
    }
}
