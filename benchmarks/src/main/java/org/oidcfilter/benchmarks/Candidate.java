// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.openid.OpenIdAuthenticator;
import org.eclipse.jetty.security.openid.OpenIdConfiguration;
import org.eclipse.jetty.security.openid.OpenIdLoginService;
import org.oidcfilter.jetty.JettySecurity;
import org.oidcfilter.servlet.OidcFilter;
import org.pac4j.core.config.Config;
import org.pac4j.jee.filter.CallbackFilter;
import org.pac4j.jee.filter.SecurityFilter;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;

/** What can stand before the servlet. */
enum Candidate {
    /** Nothing: the session is the container's own, and everybody may come in. */
    BARE {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {}
    },
    /** A filter without a login. */
    LEAST {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {
            context.addFilter(new FilterHolder(LeastFilter.class), "/*", EnumSet.of(DispatcherType.REQUEST));
        }
    },
    /** The container's own security without a login. */
    LEAST_CONTAINER {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {
            var security = constraint(new ConstraintSecurityHandler());
            security.setAuthenticator(new LeastAuthenticator());
            context.setSecurityHandler(security);
        }
    },
    FILTER {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {
            filter(context, filterSettings(issuer));
        }
    },
    /** As {@link #FILTER}, without the setting that tells it its own address. */
    FILTER_ADDRESS_UNKNOWN {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {
            var settings = filterSettings(issuer);
            settings.remove("oidc.external-url");
            filter(context, settings);
        }
    },
    /** The container's own security, without a filter. Its settings are those of the virtual machine. */
    CONTAINER {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {
            containerSettings(issuer).forEach(System::setProperty);
            context.setSecurityHandler(constraint(new ConstraintSecurityHandler()));
            JettySecurity.install(context);
        }
    },
    COOKIE {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {
            var settings = filterSettings(issuer);
            settings.put("oidc.session", "cookie");
            settings.put("oidc.session-cookie-size", "16000");
            settings.put("oidc.cookie-keys", "a-random-text-of-some-44-characters-or-more-x");
            filter(context, settings);
        }
    },
    JETTY_OPENID {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {
            var configuration = new OpenIdConfiguration(
                    issuer,
                    issuer + TokenIssuer.AUTHORIZE,
                    issuer + "/token",
                    TokenIssuer.CLIENT,
                    TokenIssuer.SECRET,
                    new HttpClient());
            var security = new ConstraintSecurityHandler();
            security.setLoginService(new OpenIdLoginService(configuration));
            security.setAuthenticator(new OpenIdAuthenticator(configuration, "/oidc/callback", null));
            context.setSecurityHandler(constraint(security));
        }
    },
    PAC4J {
        @Override
        void install(ServletContextHandler context, String issuer, int port) {
            var configuration = new OidcConfiguration();
            configuration.setClientId(TokenIssuer.CLIENT);
            configuration.setSecret(TokenIssuer.SECRET);
            configuration.setDiscoveryURI(issuer + "/.well-known/openid-configuration");
            configuration.setUseNonce(true);
            var client = new OidcClient(configuration);
            client.setCallbackUrl("http://localhost:" + port + "/oidc/callback");
            var config = new Config(client.getCallbackUrl(), client);
            var types = EnumSet.of(DispatcherType.REQUEST);
            context.addFilter(new FilterHolder(new CallbackFilter(config, "/")), "/oidc/callback", types);
            context.addFilter(new FilterHolder(new SecurityFilter(config, "OidcClient")), "/private/*", types);
        }
    };

    /** What the world sees, as in production. */
    private static final String ADDRESS = "https://www.example.com";

    /** Whether there is anything to log in to. */
    boolean asksForLogin() {
        return compareTo(FILTER) >= 0;
    }

    abstract void install(ServletContextHandler context, String issuer, int port);

    /** What both ways are told. */
    private static Map<String, String> settings(String issuer) {
        var settings = new HashMap<String, String>();
        settings.put("oidc.issuer", issuer);
        settings.put("oidc.client-id", TokenIssuer.CLIENT);
        settings.put("oidc.client-secret", TokenIssuer.SECRET);
        settings.put("oidc.external-url", ADDRESS);
        return settings;
    }

    static Map<String, String> filterSettings(String issuer) {
        var settings = settings(issuer);
        settings.put("oidc.public-paths", "/public/*");
        return settings;
    }

    static Map<String, String> containerSettings(String issuer) {
        var settings = settings(issuer);
        settings.put("oidc.container-security", "true");
        return settings;
    }

    private static void filter(ServletContextHandler context, Map<String, String> settings) {
        var holder = new FilterHolder(OidcFilter.class);
        settings.forEach(holder::setInitParameter);
        holder.setAsyncSupported(true);
        var types = EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        context.addFilter(holder, "/*", types);
    }

    private static ConstraintSecurityHandler constraint(ConstraintSecurityHandler security) {
        var mapping = new ConstraintMapping();
        mapping.setPathSpec("/private/*");
        mapping.setConstraint(Constraint.ANY_USER);
        security.addConstraintMapping(mapping);
        return security;
    }
}
