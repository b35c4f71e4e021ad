// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.rp.Introduction;
import org.oidcfilter.rp.RelyingParties;
import org.oidcfilter.rp.RelyingParty;
import org.oidcfilter.rp.Site;

/**
 * The OpenID Connect Relying Party as a servlet filter. Every path it is mapped to needs a login, except those in
 * {@code oidc.public-paths}.
 *
 * <p>Map it before other filters, for the dispatcher types {@code REQUEST}, {@code ASYNC} and {@code ERROR}, with
 * {@code async-supported}. Settings are init-params or MicroProfile Config properties; see the configuration reference.
 */
public final class OidcFilter implements Filter {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    /** As many addresses are announced as one application may well have; a stranger can name any number. */
    private static final int MOST_SITES = 3;

    private final Set<Site> announced = ConcurrentHashMap.newKeySet();
    private final SessionIndex index = new SessionIndex();
    private @Nullable RelyingParty relyingParty;
    private ServletOidcRequest.@Nullable Application application;
    private String callerAttribute = "";
    private String shownAttribute = "";

    /** For the container. */
    public OidcFilter() {}

    /**
     * Reads the configuration. Does not talk to the provider.
     *
     * @throws org.oidcfilter.ConfigurationException with all problems, if there are any
     */
    @Override
    public void init(FilterConfig filter) {
        var context = filter.getServletContext();
        var config = OidcConfig.load(ConfigProvider.getConfig(), initParams(filter));
        var party = RelyingParties.create(config, context.getContextPath(), index);
        var warnings = checked(context, party);
        LOG.log(Level.INFO, () -> party.introduction().text(filter.getFilterName()));
        warnings.forEach(warning -> LOG.log(Level.WARNING, warning));
        new ContainerConstraints(context).warning().ifPresent(warning -> LOG.log(Level.WARNING, warning));
        callerAttribute = Caller.ATTRIBUTE + "." + party.id();
        application = new ServletOidcRequest.Application(
                new DeclaredAccess(context), new HttpSessionHandle.Place(HttpSessionHandle.PREFIX + party.id(), index));
        relyingParty = party;
        shownAttribute = UpgradeGuard.shownAttribute(filter.getFilterName());
        UpgradeGuard.ready(context, filter.getFilterName(), this);
    }

    @Override
    public void doFilter(ServletRequest plainRequest, ServletResponse plainResponse, FilterChain chain)
            throws IOException, ServletException {
        if (!(plainRequest instanceof HttpServletRequest request)
                || !(plainResponse instanceof HttpServletResponse response)) {
            throw new ServletException("the OIDC filter handles HTTP requests only");
        }
        if (UpgradeGuard.comesAgain(request, shownAttribute)) {
            chain.doFilter(request, response);
            return;
        }
        try (var cookies = new ResponseCookies(response)) {
            doFilter(request, response, chain, cookies);
        }
    }

    private void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain, ResponseCookies cookies)
            throws IOException, ServletException {
        var again = dispatchedAgain(request);
        if (again && request.getAttribute(callerAttribute) instanceof Caller caller) {
            keepPersonal(response);
            chain.doFilter(new CallerRequest(request, caller, new ByFilter(cookies)), response);
            return;
        }
        var outcome = handle(request, again ? Demand.PASSIVE : Demand.RULES, cookies);
        if (outcome instanceof Outcome.Reply reply) {
            OutcomeWriter.write(request, response, reply);
        } else if (outcome instanceof Outcome.Proceed proceed) {
            OutcomeWriter.prepare(response, proceed);
            chain.doFilter(new CallerRequest(request, remember(request, proceed), new ByFilter(cookies)), response);
        }
    }

    @Override
    public void destroy() {
        var party = relyingParty;
        if (party != null) {
            party.close();
        }
    }

    /** The caller of a request that is dispatched again is who it was: no reply can be sent from there. */
    private static boolean dispatchedAgain(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ASYNC
                || request.getDispatcherType() == DispatcherType.ERROR;
    }

    /** Whether the browser is sent to the provider, or back from it. */
    private static boolean leaves(Outcome outcome) {
        return outcome instanceof Outcome.Reply reply
                && reply.headers().containsKey("Location")
                && !reply.cookies().isEmpty();
    }

    private void announce(Introduction introduction, Site site) {
        if (announced.size() < MOST_SITES && announced.add(site)) {
            LOG.log(Level.INFO, () -> introduction.announcement(site));
        }
    }

    private static List<String> checked(ServletContext context, RelyingParty party) {
        try {
            return SessionSettings.warnings(context, party.introduction());
        } catch (ConfigurationException e) {
            party.close();
            throw e;
        }
    }

    /** Some containers drop the headers of a response that ends on the error page. */
    private static void keepPersonal(HttpServletResponse response) {
        if (!response.isCommitted() && response.getHeader("Cache-Control") == null) {
            response.setHeader("Cache-Control", "no-store");
        }
    }

    private Outcome handle(HttpServletRequest request, Demand demand, ResponseCookies cookies) throws IOException {
        var party = started();
        var view = view(request, demand, cookies);
        var outcome = party.handle(view);
        if (!party.introduction().addressesKnown() && leaves(outcome)) {
            announce(party.introduction(), party.site(view));
        }
        return outcome;
    }

    private RelyingParty started() {
        return Objects.requireNonNull(relyingParty, "init was not called");
    }

    private ServletOidcRequest view(HttpServletRequest request, Demand demand, ResponseCookies cookies) {
        return new ServletOidcRequest(request, demand, Objects.requireNonNull(application), cookies);
    }

    private @Nullable Caller remember(HttpServletRequest request, Outcome.Proceed proceed) {
        var caller = proceed.caller().orElse(null);
        if (caller != null) {
            request.setAttribute(callerAttribute, caller);
            request.setAttribute(Caller.ATTRIBUTE, caller);
        }
        return caller;
    }

    private static Map<String, String> initParams(FilterConfig filter) {
        var params = new HashMap<String, String>();
        Collections.list(filter.getInitParameterNames())
                .forEach(name -> params.put(name, filter.getInitParameter(name)));
        return params;
    }

    /** What the application may ask for in the middle of a request. */
    private final class ByFilter implements CallerRequest.Authentication {
        private final ResponseCookies cookies;

        ByFilter(ResponseCookies cookies) {
            this.cookies = cookies;
        }

        @Override
        public @Nullable Caller authenticate(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            var outcome = handle(request, dispatchedAgain(request) ? Demand.PASSIVE : Demand.CHALLENGE, cookies);
            if (outcome instanceof Outcome.Reply reply) {
                OutcomeWriter.write(request, response, reply);
                return null;
            }
            outcome.cookies().forEach(cookies::set);
            return outcome instanceof Outcome.Proceed proceed ? remember(request, proceed) : null;
        }

        @Override
        public void logout(HttpServletRequest request) {
            started().end(view(request, Demand.CHALLENGE, cookies));
            request.removeAttribute(callerAttribute);
            request.removeAttribute(Caller.ATTRIBUTE);
        }
    }
}
