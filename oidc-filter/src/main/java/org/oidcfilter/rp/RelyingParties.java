// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import org.oidcfilter.HttpSender;
import org.oidcfilter.LocalSessions;
import org.oidcfilter.OidcEvent.Rejectable;
import org.oidcfilter.OidcEventListener;
import org.oidcfilter.SharedState;
import org.oidcfilter.config.ClientConfig;
import org.oidcfilter.config.LoginConfig;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.config.SessionConfig;
import org.oidcfilter.provider.ApiClient;
import org.oidcfilter.provider.JdkHttpSender;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.session.CookieKeys;
import org.oidcfilter.session.CookieSealer;
import org.oidcfilter.session.Fingerprint;
import org.oidcfilter.session.LoginState;
import org.oidcfilter.session.LogoutMarks;
import org.oidcfilter.session.SavedFormCookie;
import org.oidcfilter.session.SessionCookie;
import org.oidcfilter.session.StateCookie;

/** Wires a relying party: the one place that reads the whole configuration. Everybody else receives values. */
public final class RelyingParties {
    private static final int ID_LENGTH = 16;

    private final OidcConfig config;
    private final Surroundings around;
    private final String application;
    private final CookieKeys cookieKeys;
    private final ConfiguredTokens tokens;
    private final ConfiguredCallers callers;
    private final Provider provider;
    private final ConfiguredNodes nodes;
    private final LogoutMarks marks;
    private final Revocation revocation;
    private final Events events;
    private final SessionStart sessionStart;
    private final ExistingSession existing;
    private final LoginRules loginRules;
    private final StateCookie<LoginState> logins;
    private final SavedForms savedForms;
    private final LogoutProof proof;

    /** What a relying party does not bring itself. */
    record Surroundings(
            HttpSender sender,
            SharedState sharedState,
            LocalSessions localSessions,
            OidcEventListener listener,
            Clock clock) {}

    private RelyingParties(OidcConfig config, String contextPath, Surroundings around) {
        this.config = config;
        this.around = around;
        this.application = application(config, contextPath);
        this.cookieKeys = ConfiguredNodes.cookieKeys(config, around.clock());
        this.tokens = new ConfiguredTokens(config, around.clock());
        this.provider = new Provider(options(config, tokens.userInfo()), around.sender(), around.clock());
        this.nodes = new ConfiguredNodes(config, around.sharedState(), cookieKeys, id());
        this.marks = nodes.marks(around.clock());
        this.revocation = new Revocation(provider, config.session().revokesTokens());
        this.callers = new ConfiguredCallers(config, around.listener(), around.clock());
        this.events = callers.events();
        this.sessionStart = new SessionStart(callers.rules(), around.clock());
        this.existing = new ExistingSession(
                config.provider().issuer(),
                new ExistingSession.Limits(
                        config.session().idleTimeout(),
                        config.session().endsWithIdToken(),
                        config.session().endsWithAccessToken(),
                        inCookies()),
                marks,
                refresh(),
                around.clock());
        this.loginRules = new LoginRules(
                config.login().parameters(),
                config.login().rules(),
                around.clock(),
                config.tokens().clockSkew());
        this.logins =
                StateCookie.forLogins(cookieKeys, application, config.login().timeout(), around.clock());
        this.savedForms = new SavedForms(
                config.login().savedPosts(),
                new SavedFormCookie(cookieKeys, application, config.login().timeout()));
        this.proof = new LogoutProof(new CookieSealer(cookieKeys, "logout proof " + application));
    }

    /**
     * A relying party on the JDK's HTTP client, with what nodes share where the configuration says.
     *
     * @param contextPath the application's context path, which tells neighbours on one host apart
     * @param localSessions what a logout can end at once
     * @param listener is told of events, after those of the application that are configured
     */
    public static RelyingParty create(
            OidcConfig config, String contextPath, LocalSessions localSessions, OidcEventListener listener) {
        var clock = Clock.systemUTC();
        var sharedState = ConfiguredNodes.open(config, clock);
        var sender = new JdkHttpSender();
        try {
            return create(config, contextPath, new Surroundings(sender, sharedState, localSessions, listener, clock));
        } catch (RuntimeException e) {
            sender.close();
            RelyingParty.close(sharedState);
            throw e;
        }
    }

    static RelyingParty create(OidcConfig config, String contextPath, Surroundings around) {
        return new RelyingParties(config, contextPath, around).relyingParty();
    }

    private RelyingParty relyingParty() {
        var parts = new RelyingParty.Parts(
                provider,
                new Login(essentials(), loginRules, provider, new Login.Pending(logins, savedForms, around.clock())),
                callback(),
                logout(),
                backchannelLogout(),
                new FrontchannelLogout(
                        config.provider().issuer(),
                        new FrontchannelLogout.Collaborators(existing, marks, around.localSessions(), events)),
                new UserEndpoint(existing, proof, around.clock()),
                new KeysEndpoint(tokens.decryptionKeys()),
                existing,
                new AccessRules(config.access().publicPaths(), config.access().rules()),
                loginRules,
                cookieSessions(),
                new SessionCaller.Services(
                        new AccessTokens(existing, around.clock()),
                        new ApiClient(config.refresh().apiOrigins()),
                        provider,
                        config.refresh().ahead(),
                        loginRules),
                new Failures(),
                around.sharedState(),
                callers.mapper(),
                events,
                callbacks());
        return new RelyingParty(id(), introduction(), parts);
    }

    private boolean inCookies() {
        return config.session().kept() == SessionConfig.Kept.COOKIE;
    }

    private Optional<CookieSessions> cookieSessions() {
        if (!inCookies()) {
            return Optional.empty();
        }
        var cookie = new SessionCookie(cookieKeys, application, config.session().cookieSize());
        return Optional.of(new CookieSessions(new CookieSessionHandle.Keeping(cookie, marks)));
    }

    /** Tells this relying party from others in the same container or engine. */
    private String id() {
        return Fingerprint.of(application, ID_LENGTH);
    }

    private Login.Essentials essentials() {
        return new Login.Essentials(
                config.provider().issuer(),
                config.client().id(),
                config.login().scope(),
                posts() ? Optional.of("form_post") : Optional.empty(),
                config.session().expired() == SessionConfig.Expired.PAGE);
    }

    private boolean posts() {
        return config.login().responseMode() == LoginConfig.ResponseMode.FORM_POST;
    }

    private Site.Callbacks callbacks() {
        var elsewhere = config.login().paths();
        return new Site.Callbacks(
                elsewhere.callback().orElse(config.path() + "/callback"),
                elsewhere.logoutCallback().orElse(config.path() + "/logout/callback"));
    }

    private Callback callback() {
        var expectations = new Callback.Expectations(
                tokens.audience(),
                posts(),
                config.login().timeout(),
                config.login().paths().landing());
        return new Callback(
                expectations,
                provider,
                tokens::idTokens,
                new Callback.Collaborators(
                        logins,
                        around.sharedState(),
                        marks,
                        revocation,
                        sessionStart,
                        savedForms,
                        existing,
                        events.failures(Rejectable.LOGIN),
                        events));
    }

    private Refresh refresh() {
        var renewal = new Renewal(
                tokens.audience(),
                provider,
                tokens::idTokens,
                new Renewal.Collaborators(sessionStart, revocation, around.clock()));
        var policy =
                new Refresh.Policy(config.provider().timeout(), config.refresh().endsSession());
        var way = new Refresh.Way(nodes.renewals(renewal), renewal::discard, events);
        return new Refresh(way, policy, provider::inBackground, around.clock());
    }

    private BackchannelLogout backchannelLogout() {
        return new BackchannelLogout(
                tokens.audience(),
                provider,
                tokens::logoutTokens,
                new BackchannelLogout.Collaborators(
                        marks,
                        around.localSessions(),
                        events.failures(Rejectable.LOGOUT_TOKEN),
                        events,
                        around.clock()));
    }

    private Logout logout() {
        var logouts = StateCookie.forLogouts(cookieKeys, application, around.clock());
        return new Logout(
                new Logout.Client(
                        config.client().id(),
                        config.session().postLogoutPath(),
                        tokens.decryptionKeys().isPresent(),
                        config.session().applicationLogout()),
                provider,
                new Logout.Collaborators(
                        existing, proof, logouts, revocation, marks, around.localSessions(), events, around.clock()));
    }

    private Introduction introduction() {
        var notes = new ArrayList<>(config.warnings());
        JavaRuntime.warning(Runtime.version()).ifPresent(notes::add);
        if (cookieKeys.singleNode()) {
            notes.add(
                    "pending logins are readable on this node only, until it restarts; set oidc.cookie-keys to change that");
        }
        notes.addAll(nodes.notes());
        notes.addAll(callers.notes());
        if (inCookies()) {
            notes.add("sessions are in cookies of up to " + config.session().cookieSize()
                    + " bytes; see that the server and every proxy accept such headers");
        }
        if (tokens.decryptionKeys().isPresent()) {
            notes.add("the provider finds the keys to encrypt to at " + config.path() + "/jwks");
        }
        return new Introduction(
                config.provider().issuer(),
                config.client().id(),
                config.externalUrl().map(url -> Site.of(url, config.path(), callbacks())),
                config.path(),
                inCookies() ? Optional.empty() : Optional.of(config.session().idleTimeout()),
                config.login().savedPosts() || config.session().expired() == SessionConfig.Expired.PAGE,
                notes);
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

    private static Provider.Options options(OidcConfig config, Provider.UserInfo userInfo) {
        return new Provider.Options(
                config.provider().issuer(),
                config.client().id(),
                config.client().secret(),
                config.client().authentication() == ClientConfig.Authentication.AUTO
                        ? Optional.empty()
                        : Optional.of(config.client().authentication().name().toLowerCase(Locale.ROOT)),
                config.provider().endpoints(),
                new LinkedHashSet<>(config.tokens().idTokenAlgorithms()),
                userInfo,
                config.tokens().clockSkew(),
                config.provider().timeout());
    }
}
