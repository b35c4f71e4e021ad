// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.servlet.ContainerExchange;
import org.oidcfilter.servlet.ContainerSecurity;
import org.oidcfilter.servlet.ServletRelyingParty;
import org.oidcfilter.servlet.UnseenDefinition;

/** The relying party as a part of Tomcat's security, from the start of the application to its end. */
final class TomcatEdge implements ServletContextListener, ServletRequestListener {
    /** The one that a listener like this is shown answers half of the questions only (Servlet 4.4). */
    private final ServletContext context;

    private @Nullable ServletRelyingParty relyingParty;
    private @Nullable ForgetfulAuthenticator authenticator;
    private @Nullable String registration;

    private TomcatEdge(ServletContext context) {
        this.context = context;
    }

    /** Starts when the listeners of the application have been called. */
    static void listenTo(ServletContext context) {
        context.addListener(new TomcatEdge(context));
    }

    /**
     * Reads the configuration and, if it says so, registers the module.
     *
     * @throws ConfigurationException with all problems, if there are any
     */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        UnseenDefinition.refuse(context);
        if (ContainerSecurity.isAskedFor(context)) {
            start();
        }
    }

    private void start() {
        var factory = AuthConfigFactory.getFactory();
        if (factory == null) {
            throw new ConfigurationException(
                    List.of("oidc.container-security needs the Jakarta Authentication of Tomcat, and"
                            + " there is another one before it: take jakarta.authentication-api off the class path"));
        }
        refuseOthers(factory);
        var forgetful = ForgetfulAuthenticator.of(context);
        var party = ContainerSecurity.start(
                context, "tomcat", "<security-constraint>, @ServletSecurity, and @RolesAllowed on servlets");
        relyingParty = party;
        authenticator = forgetful;
        registration = factory.registerServerAuthModule(new OidcAuthModule(party), context);
        forgetful.begin();
    }

    /** Tomcat keeps one module for each path of a host, and whoever registers next, or ends, would take it away. */
    private void refuseOthers(AuthConfigFactory factory) {
        var application = ForgetfulAuthenticator.application(context);
        var taken = Stream.of(factory.getRegistrationIDs(null))
                .map(factory::getRegistrationContext)
                .anyMatch(present -> present != null && application.equals(present.getAppContext()));
        if (taken) {
            throw new ConfigurationException(
                    List.of("oidc.container-security: another application has an authentication module at"
                            + " '" + context.getContextPath()
                            + "' of this host already, such as another version of this one (parallel"
                            + " deployment): undeploy it first, or use the filter"));
        }
    }

    /** Not every request comes to {@link OidcAuthModule#secureResponse}: Tomcat itself refuses some. */
    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        if (relyingParty != null) {
            ContainerExchange.end(event.getServletRequest());
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        var registered = registration;
        var party = relyingParty;
        var forgetful = authenticator;
        if (registered != null) {
            // Not removeServerAuthModule: in Tomcat 10.1 it removes the module and then fails.
            AuthConfigFactory.getFactory().removeRegistration(registered);
        }
        if (party != null && forgetful != null) {
            forgetful.end();
            party.close();
        }
    }
}
