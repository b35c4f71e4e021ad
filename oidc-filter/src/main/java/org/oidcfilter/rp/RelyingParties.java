// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import org.oidcfilter.HttpSender;
import org.oidcfilter.SharedState;
import org.oidcfilter.config.ClientConfig;
import org.oidcfilter.config.LoginConfig;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.provider.JdkHttpSender;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.session.CookieKeys;
import org.oidcfilter.session.CookieSealer;
import org.oidcfilter.session.InMemorySharedState;
import org.oidcfilter.session.StateCookie;
import org.oidcfilter.token.IdTokenValidator;

/** Wires a relying party: the one place that reads the whole configuration. Everybody else receives values. */
public final class RelyingParties {
    private RelyingParties() {}

    /**
     * A relying party on the JDK's HTTP client, with state in memory.
     *
     * @param contextPath the application's context path, which tells neighbours on one host apart
     */
    public static RelyingParty create(OidcConfig config, String contextPath) {
        var clock = Clock.systemUTC();
        return create(
                config,
                contextPath,
                new Surroundings(
                        new JdkHttpSender(config.provider().timeout()), new InMemorySharedState(clock), clock));
    }

    /** What a relying party does not bring itself. */
    record Surroundings(HttpSender sender, SharedState sharedState, Clock clock) {}

    static RelyingParty create(OidcConfig config, String contextPath, Surroundings around) {
        var clock = around.clock();
        var provider = new Provider(options(config), around.sender(), clock);
        var application = application(config, contextPath);
        var keys =
                CookieKeys.choose(config.session().cookieKeys(), config.client().secret());
        var logins = StateCookie.forLogins(keys, application, config.login().timeout(), clock);
        var logouts = StateCookie.forLogouts(keys, application, clock);
        var proof = new LogoutProof(new CookieSealer(keys.keys(), "logout proof " + application));
        var existing =
                new ExistingSession(config.provider().issuer(), config.session().idleTimeout(), clock);
        var failures = new Failures();
        var parts = new RelyingParty.Parts(
                provider,
                new Login(wishes(config), provider, logins, clock),
                callback(
                        config,
                        provider,
                        new Callback.Collaborators(
                                logins,
                                around.sharedState(),
                                sessionStart(config, provider, clock),
                                existing,
                                failures),
                        clock),
                new Logout(
                        config.client().id(),
                        config.session().postLogoutPath(),
                        provider,
                        new Logout.Collaborators(existing, proof, logouts, clock)),
                new UserEndpoint(existing, proof, clock),
                existing,
                new AccessRules(config.access().publicPaths(), config.access().rules()),
                failures);
        return new RelyingParty(Integer.toHexString(application.hashCode()), introduction(config, keys), parts);
    }

    /** What tells this application and client apart from its neighbours on the host. */
    private static String application(OidcConfig config, String contextPath) {
        return String.join(
                "\n",
                contextPath,
                config.path(),
                config.provider().issuer(),
                config.client().id());
    }

    private static Provider.Options options(OidcConfig config) {
        var endpoints = config.provider().endpoints();
        return new Provider.Options(
                config.provider().issuer(),
                config.client().id(),
                config.client().secret(),
                config.client().authentication() == ClientConfig.Authentication.AUTO
                        ? Optional.empty()
                        : Optional.of(config.client().authentication().name().toLowerCase(Locale.ROOT)),
                new Provider.Endpoints(
                        endpoints.discovery(),
                        endpoints.authorization(),
                        endpoints.token(),
                        endpoints.jwks(),
                        endpoints.userInfo(),
                        endpoints.endSession()),
                new LinkedHashSet<>(config.login().idTokenAlgorithms()),
                config.login().clockSkew());
    }

    private static Login.Wishes wishes(OidcConfig config) {
        var extra = new LinkedHashMap<String, String>();
        config.login().maxAge().ifPresent(age -> extra.put("max_age", Long.toString(age.toSeconds())));
        if (!config.login().acrValues().isEmpty()) {
            extra.put("acr_values", String.join(" ", config.login().acrValues()));
        }
        return new Login.Wishes(
                config.provider().issuer(),
                config.client().id(),
                config.login().scope(),
                posts(config) ? Optional.of("form_post") : Optional.empty(),
                extra);
    }

    private static Callback callback(OidcConfig config, Provider provider, Callback.Collaborators with, Clock clock) {
        return new Callback(
                new Callback.Expectations(
                        config.provider().issuer(),
                        config.client().id(),
                        posts(config),
                        config.login().timeout(),
                        config.login().maxAge(),
                        config.login().acrValues()),
                provider,
                new IdTokenValidator(provider.keys(), clock, config.login().clockSkew()),
                with);
    }

    private static boolean posts(OidcConfig config) {
        return config.login().responseMode() == LoginConfig.ResponseMode.FORM_POST;
    }

    private static SessionStart sessionStart(OidcConfig config, Provider provider, Clock clock) {
        var access = config.access();
        return new SessionStart(
                new SessionStart.Rules(
                        config.login().userInfo(),
                        access.rolesClaims(),
                        access.rolesClaimsExplicit(),
                        access.callerNameClaim(),
                        config.session().lifetime()),
                provider,
                clock);
    }

    private static Introduction introduction(OidcConfig config, CookieKeys keys) {
        var notes = new ArrayList<>(config.warnings());
        if (keys.singleNode()) {
            notes.add(
                    "pending logins are readable on this node only, until it restarts; set oidc.cookie-keys to change that");
        }
        return new Introduction(
                config.provider().issuer(),
                config.client().id(),
                config.externalUrl().map(url -> Site.of(url, config.path())),
                config.path(),
                config.session().idleTimeout(),
                notes);
    }
}
