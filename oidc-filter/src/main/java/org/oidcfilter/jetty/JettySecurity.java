// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import java.util.List;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.oidcfilter.ConfigurationException;

/**
 * Has Jetty ask the relying party who somebody is, so that {@code <security-constraint>} and {@code @ServletSecurity} decide
 * what they may. {@code WEB-INF/jetty-web.xml} calls it, in every environment:
 *
 * <pre>{@code
 * <Configure id="application">
 *   <Call class="org.oidcfilter.jetty.JettySecurity" name="install">
 *     <Arg><Ref refid="application"/></Arg>
 *   </Call>
 * </Configure>
 * }</pre>
 */
public final class JettySecurity {
    private JettySecurity() {}

    /**
     * Installs it, in an application that is about to start; whoever starts applications by code does so before each start. {@code oidc.container-security} must be {@code true}.
     *
     * @param application the {@code WebAppContext}
     * @throws ConfigurationException if the application has no security handler, or is of an environment before Jakarta EE 10
     */
    public static void install(ContextHandler application) {
        var environment = ServletEnvironment.of(application);
        environment.showJettyTo(application);
        var security = application.getDescendant(SecurityHandler.class);
        if (security == null) {
            throw new ConfigurationException(
                    List.of("the application has no security handler, so that Jetty enforces none of its constraints"));
        }
        var factory = new JettyEdge.Factory(new OidcAuthenticator(environment));
        security.setAuthenticator(factory.authenticator());
        security.setAuthenticatorFactory(factory);
        application.addEventListener(new JettyEdge(application, security, factory));
    }
}
