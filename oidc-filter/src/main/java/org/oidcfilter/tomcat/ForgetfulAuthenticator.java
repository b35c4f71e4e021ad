// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.Container;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.authenticator.SingleSignOn;
import org.oidcfilter.ConfigurationException;

/**
 * Tomcat's authenticator of this application, told to remember nobody: otherwise callers would keep the roles that they had
 * when it saw them first, and get a new session id whenever it sees them anew.
 *
 * @param cache whether it remembered callers
 * @param changeSessionId whether it changed their session ids
 */
record ForgetfulAuthenticator(
        AuthenticatorBase authenticator, String application, boolean cache, boolean changeSessionId) {
    /** Only Tomcat has this attribute of the servlet context. */
    static final String RESOURCES = "org.apache.catalina.resources";

    /** What the messages of servlets are called in Jakarta Authentication. */
    static final String LAYER = "HttpServlet";

    /** @throws ConfigurationException if there is none that can be told */
    static ForgetfulAuthenticator of(ServletContext context) {
        if (context.getAttribute(RESOURCES) instanceof WebResourceRoot resources
                && resources.getContext().getAuthenticator() instanceof AuthenticatorBase authenticator) {
            refuseSingleSignOn(resources.getContext());
            return new ForgetfulAuthenticator(
                    authenticator,
                    application(context),
                    authenticator.getCache(),
                    authenticator.getChangeSessionIdOnAuthentication());
        }
        throw new ConfigurationException(
                List.of("oidc.container-security needs an authenticator that can be told to remember"
                        + " nobody, and this " + context.getServerInfo() + " has none: use the filter"));
    }

    /** What the application is called in Jakarta Authentication (Servlet Container Profile 3.1). */
    static String application(ServletContext context) {
        return context.getVirtualServerName() + " " + context.getContextPath();
    }

    void begin() {
        authenticator.setCache(false);
        authenticator.setChangeSessionIdOnAuthentication(false);
        authenticator.notify(LAYER, application); // it may have looked for a module when there was none
    }

    void end() {
        authenticator.setCache(cache);
        authenticator.setChangeSessionIdOnAuthentication(changeSessionId);
    }

    private static void refuseSingleSignOn(Container application) {
        var remembers = Stream.iterate(application, container -> container != null, Container::getParent)
                .flatMap(container -> Stream.of(container.getPipeline().getValves()))
                .anyMatch(SingleSignOn.class::isInstance);
        if (remembers) {
            throw new ConfigurationException(
                    List.of(
                            "oidc.container-security does not go with the valve SingleSignOn of"
                                    + " server.xml, which remembers callers with the roles that they had: remove it, or use the filter"));
        }
    }
}
