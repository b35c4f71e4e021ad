// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.Caller;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.SharedState;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.protocol.Printable;
import org.oidcfilter.provider.Provider;

/** Decides what is to happen to a request. Safe for concurrent use. */
public final class RelyingParty implements AutoCloseable {
    private static final Proceed ANONYMOUS = new Proceed(Optional.empty(), Map.of(), List.of());
    /** An application may replace the one; the other remains. */
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private static final Map<String, String> PERSONAL = Map.of("Cache-Control", "no-store", "Vary", "Cookie");

    static final Map<String, String> PERSONAL_AT_PUBLIC_PATH =
            Map.of("Cache-Control", "private, no-cache", "Vary", "Cookie");

    /** The end of a session can change the container's cookie. */
    private static final Proceed NOBODY_ANY_MORE = new Proceed(Optional.empty(), PERSONAL_AT_PUBLIC_PATH, List.of());

    private final Introduction introduction;
    private final String id;
    private final Parts parts;
    private final Endpoints endpoints;

    /** One for each kind of request. */
    record Parts(
            Provider provider,
            Login login,
            Callback callback,
            Logout logout,
            BackchannelLogout backchannelLogout,
            FrontchannelLogout frontchannelLogout,
            UserEndpoint user,
            KeysEndpoint keys,
            ExistingSession existing,
            AccessRules rules,
            LoginRules loginRules,
            Optional<CookieSessions> cookieSessions,
            SessionCaller.Services services,
            Failures failures,
            SharedState sharedState,
            Optional<ApplicationRoles> mapper,
            Events events,
            Site.Callbacks callbacks) {}

    RelyingParty(String id, Introduction introduction, Parts parts) {
        this.id = id;
        this.introduction = introduction;
        this.parts = parts;
        this.endpoints = new Endpoints(introduction.path(), parts);
    }

    /**
     * Decides.
     *
     * @throws IOException if the body of a request to one of our own paths cannot be read
     */
    public Outcome handle(OidcRequest request) throws IOException {
        var site = site(request);
        var cookies = parts.cookieSessions();
        return cookies.isPresent()
                ? cookies.get().handle(request, site, any -> answered(any, site, known -> decide(known, site)))
                : answered(request, site, known -> decide(known, site));
    }

    /**
     * Decides whether {@code caller} has logged in as strongly and freshly as {@link OidcRequest#required} says, while the application
     * answers {@code request}.
     *
     * @param caller who was let in; if nobody was, it is whoever is logged in now
     */
    public Outcome require(OidcRequest request, Optional<Caller> caller) throws IOException {
        if (caller.isEmpty() && request.demand() != Demand.PASSIVE) {
            return handle(request);
        }
        var site = site(request);
        var known = caller.filter(SessionCaller.class::isInstance).map(SessionCaller.class::cast);
        return known.isEmpty()
                ? Replies.loginRequired(site)
                : answered(request, site, any -> required(any, site, known.get()));
    }

    private Outcome required(OidcRequest request, Site site, SessionCaller caller) {
        return parts.loginRules().satisfied(caller.session(), request)
                ? new Proceed(Optional.of(caller), Map.of(), List.of())
                : parts.login().stepUp(request, site, caller.session());
    }

    /** The answer to {@code request} where the application's code refuses it. */
    public Reply refuse(OidcRequest request, OidcException refusal) {
        return parts.failures().reply(request, site(request), refusal, Failures.Way.NONE);
    }

    /**
     * Ends the session here, while the application answers {@code request}.
     *
     * @return where the browser is to go, if that is not for the application to say
     */
    public Optional<Reply> end(OidcRequest request) {
        var site = site(request);
        var cookies = parts.cookieSessions();
        if (parts.logout().leavesTheAnswer()) {
            cookies.ifPresentOrElse(
                    known -> known.end(request, site, parts.logout()::byApplication),
                    () -> parts.logout().byApplication(request));
            return Optional.empty();
        }
        return Optional.of(
                cookies.isPresent()
                        ? cookies.get()
                                .reply(request, site, any -> parts.logout().byApplication(any, site))
                        : parts.logout().byApplication(request, site));
    }

    private Outcome answered(OidcRequest request, Site site, CookieSessions.Decision decision) throws IOException {
        try {
            return decision.decide(request);
        } catch (OidcException failure) {
            return parts.failures().reply(request, site, failure, Failures.Way.NONE);
        } catch (RuntimeException failure) {
            return parts.failures().internal(request, site, failure, Failures.Way.NONE);
        }
    }

    /** The application as the browser that sent {@code request} sees it. */
    public Site site(OidcRequest request) {
        var known = introduction.site();
        return known.isPresent()
                ? known.get()
                : new Site(request.origin(), request.contextPath(), introduction.path(), parts.callbacks());
    }

    /** Tells this relying party from others in the same application. */
    public String id() {
        return id;
    }

    /** What to tell the operator. */
    public Introduction introduction() {
        return introduction;
    }

    /** Ends connections to the provider and to what nodes share, and the application's own code that was called. */
    @Override
    public void close() {
        parts.services().apiClient().close();
        parts.provider().close();
        parts.mapper().ifPresent(ApplicationRoles::close);
        parts.events().close();
        close(parts.sharedState());
    }

    /** Closes what nodes share, if it can be closed. */
    static void close(SharedState sharedState) {
        if (sharedState instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "What nodes share could not be closed", e);
            }
        }
    }

    private Outcome decide(OidcRequest request, Site site) throws IOException {
        if (request.demand() == Demand.PASSIVE) {
            return site.exposed() ? ANONYMOUS : passive(request);
        }
        AccessRules.refuseAmbiguous(request);
        var answer = endpoints.answer(request, site);
        if (answer.isPresent()) {
            return answer.get();
        }
        var access = parts.rules().access(request);
        if (site.exposed()) {
            if (access.login()) {
                throw exposed(site);
            }
            return ANONYMOUS;
        }
        var found = parts.existing().use(request, access.login());
        var session = found.session();
        if (access.denied()
                || (session.isPresent()
                        && !access.permits(session.get().identity().roles()))) {
            throw new InvalidResponseException(Reason.FORBIDDEN, forbidden(access, request));
        }
        if (session.isPresent() && access.login() && !parts.loginRules().satisfied(session.get(), request)) {
            return parts.login().stepUp(request, site, session.get());
        }
        if (session.isPresent()) {
            return proceed(request, session.get(), access.login());
        }
        if (access.login()) {
            return parts.login().challenge(request, site, found.over());
        }
        return found.over().isPresent() ? NOBODY_ANY_MORE : ANONYMOUS;
    }

    private static String forbidden(AccessRules.Access access, OidcRequest request) {
        return access.denied()
                ? "nobody may " + Printable.of(request.method()) + " this"
                : "the caller lacks a role; needed is one out of each of " + access.roles();
    }

    private Outcome passive(OidcRequest request) {
        return looked(request)
                .map(session -> (Outcome) proceed(request, session, true))
                .orElse(ANONYMOUS);
    }

    /** From here no reply can be sent: whose session cannot be told to hold is nobody. */
    private Optional<OidcSession> looked(OidcRequest request) {
        try {
            return parts.existing().look(request);
        } catch (SharedStateException e) {
            return Optional.empty();
        }
    }

    private Proceed proceed(OidcRequest request, OidcSession session, boolean loginNeeded) {
        return new Proceed(
                Optional.of(new SessionCaller(
                        session,
                        parts.existing(),
                        new SessionCaller.Came(
                                request.session(),
                                introduction.site().map(Site::origin).orElseGet(request::origin),
                                request.path()),
                        parts.services())),
                loginNeeded ? PERSONAL : PERSONAL_AT_PUBLIC_PATH,
                List.of());
    }

    static InvalidResponseException exposed(Site site) {
        return new InvalidResponseException(
                Reason.INSECURE_TRANSPORT, "a request came over plain http for " + Printable.of(site.origin()));
    }
}
