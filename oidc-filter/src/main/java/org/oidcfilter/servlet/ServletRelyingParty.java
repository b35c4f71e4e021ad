// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcEventListener;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.rp.Introduction;
import org.oidcfilter.rp.RelyingParties;
import org.oidcfilter.rp.RelyingParty;
import org.oidcfilter.rp.Site;

/** The relying party of an application, as every edge that sees servlet requests uses it. Safe for concurrent use. */
public final class ServletRelyingParty implements AutoCloseable {
    /** Why {@code request.login(name, password)} fails. */
    public static final String NO_PASSWORDS =
            "login(name, password) is not supported: the OpenID Provider authenticates; "
                    + "use request.authenticate(response) or send the browser to the login path";

    /** The attribute of the servlet context whose listener is told of events, if there is one when they happen. */
    public static final String LISTENER = "org.oidcfilter.OidcEventListener";

    private static final Logger LOG = System.getLogger("org.oidcfilter");

    /** As many addresses are announced as one application may well have; a stranger can name any number. */
    private static final int MOST_SITES = 3;

    private final RelyingParty party;
    private final ServletOidcRequest.Application application;
    private final String callerAttribute;
    private final Set<Site> announced = ConcurrentHashMap.newKeySet();

    private ServletRelyingParty(ServletContext context, RelyingParty party, SessionIndex index) {
        this.party = party;
        this.callerAttribute = Caller.ATTRIBUTE + "." + party.id();
        this.application = new ServletOidcRequest.Application(
                new DeclaredAccess(context), new HttpSessionHandle.Place(HttpSessionHandle.PREFIX + party.id(), index));
    }

    /**
     * Starts it, and says so. Does not talk to the provider.
     *
     * @param text what to tell the operator
     * @throws ConfigurationException with all problems, if there are any
     */
    public static ServletRelyingParty start(
            ServletContext context, OidcConfig config, Function<Introduction, String> text) {
        var index = new SessionIndex();
        var party = RelyingParties.create(config, context.getContextPath(), index, event -> listener(context)
                .ifPresent(known -> known.on(event)));
        try {
            var warnings = SessionSettings.warnings(context, party.introduction());
            LOG.log(Level.INFO, () -> text.apply(party.introduction()));
            warnings.forEach(warning -> LOG.log(Level.WARNING, warning));
        } catch (ConfigurationException e) {
            party.close();
            throw e;
        }
        return new ServletRelyingParty(context, party, index);
    }

    private static Optional<OidcEventListener> listener(ServletContext context) {
        return context.getAttribute(LISTENER) instanceof OidcEventListener listener
                ? Optional.of(listener)
                : Optional.empty();
    }

    /**
     * Decides what is to happen to a request.
     *
     * @throws IOException if the body of a request to one of our own paths cannot be read
     */
    public Outcome handle(HttpServletRequest request, Demand demand, ResponseCookies cookies) throws IOException {
        var view = view(request, demand, cookies);
        return announced(view, party.handle(view));
    }

    private Outcome announced(ServletOidcRequest view, Outcome outcome) {
        if (!party.introduction().addressesKnown() && leaves(outcome)) {
            announce(party.site(view));
        }
        return outcome;
    }

    /** The request as the application is to see it, with the caller of {@code outcome}; other code finds the caller, too. */
    HttpServletRequest proceed(HttpServletRequest request, Outcome.Proceed outcome, ResponseCookies cookies) {
        return FilterLogin.shown(this, request, remember(request, outcome).orElse(null), cookies);
    }

    /** As {@link #proceed}, for a request that is dispatched again: its caller is who it was. Null if there was none. */
    @Nullable
    HttpServletRequest again(HttpServletRequest request, ResponseCookies cookies) {
        var known = remembered(request);
        if (known.isEmpty()) {
            return null;
        }
        return FilterLogin.shown(this, request, show(request, known).orElse(null), cookies);
    }

    /** Lets the application demand more of the login behind a request that the container's own security lets in. */
    public void offerToDemand(HttpServletRequest request, ResponseCookies cookies) {
        request.setAttribute(CurrentLogin.ATTRIBUTE, new ContainerLogin(this, request, cookies));
    }

    /**
     * The application demands a login in the middle of its request.
     *
     * @param again whether no login can begin
     * @return what to answer, unless there is one as demanded
     */
    Optional<Outcome.Reply> require(
            HttpServletRequest request, ResponseCookies cookies, LoginRequirement login, boolean again)
            throws IOException {
        var unanswerable = again || Dispatch.again(request) || !cookies.isOpen();
        var view = view(request, unanswerable ? Demand.PASSIVE : Demand.CHALLENGE, cookies)
                .requiring(login);
        var outcome = carriedOut(request, cookies, announced(view, party.require(view, remembered(request))));
        return outcome instanceof Outcome.Reply reply ? Optional.of(reply) : Optional.empty();
    }

    /** The answer where the application refuses the caller. */
    Outcome.Reply refuse(HttpServletRequest request, ResponseCookies cookies, OidcException refusal) {
        return party.refuse(view(request, Demand.CHALLENGE, cookies), refusal);
    }

    /**
     * The application asks for a login in the middle of its request.
     *
     * @param again whether no reply can be sent: nobody is logged in then
     * @return who it is, or what to answer in the application's place
     */
    public Outcome challenge(HttpServletRequest request, ResponseCookies cookies, boolean again) throws IOException {
        return carriedOut(request, cookies, handle(request, again ? Demand.PASSIVE : Demand.CHALLENGE, cookies));
    }

    private Outcome carriedOut(HttpServletRequest request, ResponseCookies cookies, Outcome outcome) {
        if (outcome instanceof Outcome.Proceed proceed) {
            proceed.cookies().forEach(cookies::set);
            remember(request, proceed);
        }
        return outcome;
    }

    /** The caller of {@code outcome}, whom other code and later dispatches of the request find from now on. */
    public Optional<Caller> remember(HttpServletRequest request, Outcome.Proceed outcome) {
        outcome.caller().ifPresent(caller -> request.setAttribute(callerAttribute, caller));
        return show(request, outcome.caller());
    }

    /** Of several filters the one nearest to the application counts. */
    private static Optional<Caller> show(HttpServletRequest request, Optional<Caller> caller) {
        caller.ifPresentOrElse(
                known -> request.setAttribute(Caller.ATTRIBUTE, known),
                () -> request.removeAttribute(Caller.ATTRIBUTE));
        return caller;
    }

    /** The caller of a request that is dispatched again: who it was. */
    public Optional<Caller> remembered(HttpServletRequest request) {
        return request.getAttribute(callerAttribute) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    /** {@code **} stands for everybody who is logged in, {@code *} for nobody (Servlet 13.3 and 13.8). */
    public static boolean isInRole(Caller caller, String role) {
        return !role.equals("*") && (role.equals("**") || caller.roles().contains(role));
    }

    /** Ends the session here, while the application answers. */
    public void end(HttpServletRequest request, ResponseCookies cookies) {
        party.end(view(request, Demand.CHALLENGE, cookies)).ifPresent(cookies::redirect);
        request.removeAttribute(callerAttribute);
        request.removeAttribute(Caller.ATTRIBUTE);
    }

    @Override
    public void close() {
        party.close();
    }

    private ServletOidcRequest view(HttpServletRequest request, Demand demand, ResponseCookies cookies) {
        return new ServletOidcRequest(request, demand, application, cookies);
    }

    /** Whether the browser is sent to the provider, or back from it. */
    private static boolean leaves(Outcome outcome) {
        return outcome instanceof Outcome.Reply reply
                && reply.headers().containsKey("Location")
                && !reply.cookies().isEmpty();
    }

    private void announce(Site site) {
        if (announced.size() < MOST_SITES && announced.add(site)) {
            LOG.log(Level.INFO, () -> party.introduction().announcement(site));
        }
    }
}
