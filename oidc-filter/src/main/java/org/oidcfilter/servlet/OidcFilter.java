// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome;
import org.oidcfilter.config.OidcConfig;

/**
 * The OpenID Connect Relying Party as a servlet filter. Every path it is mapped to needs a login, except those in
 * {@code oidc.public-paths}.
 *
 * <p>Map it before other filters, for the dispatcher types {@code REQUEST}, {@code ASYNC} and {@code ERROR}, with
 * {@code async-supported}. Settings are init-params or MicroProfile Config properties; see the configuration reference.
 */
public final class OidcFilter implements Filter {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private @Nullable ServletRelyingParty relyingParty;
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
        var config = MicroProfileConfig.load(initParams(filter), Definition.of(context));
        if (config.access().container()) {
            throw new ConfigurationException(
                    List.of("oidc.container-security leaves it to the container who may do what," + " but the filter '"
                            + filter.getFilterName() + "' is mapped, too: remove one of them"));
        }
        var mapping = FilterMapping.of(context, filter.getFilterName());
        mapping.flatMap(known -> problem(known, config)).ifPresent(problem -> {
            throw new ConfigurationException(List.of("the filter '" + filter.getFilterName() + "' " + problem));
        });
        relyingParty =
                ServletRelyingParty.start(context, config, introduction -> introduction.text(filter.getFilterName()));
        mapping.flatMap(FilterMapping::warning).ifPresent(warning -> LOG.log(Level.WARNING, warning));
        new ContainerConstraints(context).warning().ifPresent(warning -> LOG.log(Level.WARNING, warning));
        shownAttribute = UpgradeGuard.shownAttribute(filter.getFilterName());
        UpgradeGuard.ready(context, filter.getFilterName(), this);
    }

    private static Optional<String> problem(FilterMapping mapping, OidcConfig config) {
        return mapping.problem(config.path())
                .or(() -> mapping.problem(config.login().paths()));
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
        var party = Objects.requireNonNull(relyingParty, "init was not called");
        var dispatchedAgain = Dispatch.again(request);
        var again = dispatchedAgain ? party.again(request, cookies) : null;
        if (again != null) {
            PersonalErrorPages.keepPersonal(response);
            chain.doFilter(again, response);
            return;
        }
        var outcome = party.handle(request, dispatchedAgain ? Demand.PASSIVE : Demand.RULES, cookies);
        if (outcome instanceof Outcome.Reply reply) {
            OutcomeWriter.write(request, response, reply);
        } else if (outcome instanceof Outcome.Proceed proceed) {
            OutcomeWriter.prepare(response, proceed);
            chain.doFilter(party.proceed(request, proceed, cookies), response);
        }
    }

    @Override
    public void destroy() {
        var party = relyingParty;
        if (party != null) {
            party.close();
        }
    }

    private static Map<String, String> initParams(FilterConfig filter) {
        var params = new HashMap<String, String>();
        Collections.list(filter.getInitParameterNames())
                .forEach(name -> params.put(name, filter.getInitParameter(name)));
        return params;
    }
}
