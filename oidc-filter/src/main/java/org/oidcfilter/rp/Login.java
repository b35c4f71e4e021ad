// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.AuthenticationRequest;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.LoginParameters;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.session.LoginState;
import org.oidcfilter.session.StateCookie;

/**
 * Sends the browser to the provider (OpenID Connect Core 3.1.2.1), because a page needs a login, because somebody asked
 * for one at {@code /oidc/login}, or because a third party did (Core 4).
 */
final class Login {
    private static final int MAX_FORM = 16 * 1024;

    private final Essentials essentials;
    private final LoginRules rules;
    private final Provider provider;
    private final StateCookie<LoginState> cookies;
    private final SavedForms savedForms;
    private final Clock clock;

    /**
     * What every authentication request says.
     *
     * @param issuer the provider we log in at
     * @param responseMode {@code response_mode}, where it is not the default
     * @param saysExpired whether somebody whose session is over is told so first
     */
    record Essentials(
            String issuer, String clientId, String scope, Optional<String> responseMode, boolean saysExpired) {}

    /**
     * Where a login leads, and what it asks for.
     *
     * @param owner the session that the request came with, if it did not suffice
     */
    private record Plan(String returnTo, LoginParameters parameters, Optional<OidcSession> owner) {}

    Login(Essentials essentials, LoginRules rules, Provider provider, Pending pending) {
        this.essentials = essentials;
        this.rules = rules;
        this.provider = provider;
        this.cookies = pending.cookies();
        this.savedForms = pending.savedForms();
        this.clock = pending.clock();
    }

    /** What a login that has begun is remembered by. */
    record Pending(StateCookie<LoginState> cookies, SavedForms savedForms, Clock clock) {}

    /**
     * The login endpoint: {@code return_to}, or {@code iss}, {@code login_hint} and {@code target_link_uri} (Core 4), and
     * what {@link AskedParameters} may be asked for.
     */
    Reply onPurpose(OidcRequest request, Site site) throws IOException {
        if (!Navigation.isNavigation(request)) {
            return Replies.loginRequired(site);
        }
        var form = Form.parse(
                Navigation.isPost(request)
                        ? request.form(MAX_FORM)
                        : request.query().orElse(""));
        if (form.get("iss").map(iss -> !iss.equals(essentials.issuer())).orElse(false)) {
            throw new InvalidResponseException(
                    Reason.INITIATING_ISSUER_UNKNOWN,
                    "a login was initiated for another issuer than " + essentials.issuer());
        }
        var returnTo = form.get("return_to").or(() -> form.get("target_link_uri"));
        var target = target(site, returnTo);
        var parameters = AskedParameters.added(rules, local(site, target), form);
        return start(request, site, new Plan(target, parameters, Optional.empty()));
    }

    /**
     * The answer to a request that needs a login: a redirect for a person, 401 for a script.
     *
     * @param over the session that the request came with, which is over
     */
    Reply challenge(OidcRequest request, Site site, Optional<OidcSession> over) {
        if (!Navigation.isNavigation(request)) {
            return Replies.loginRequired(site);
        }
        return over.isPresent() && essentials.saysExpired() && !savedForms.takes(request, site)
                ? expired(request, site)
                : navigate(request, site, over);
    }

    private static Reply expired(OidcRequest request, Site site) {
        var login = site.login() + "?return_to=" + encoded(target(site, asked(request, site)));
        return Replies.withHeader(
                Replies.page(401, Page.expired(login, site.home()), List.of()), "WWW-Authenticate", "OpenID-Connect");
    }

    /** The answer to a request whose session is not strong or fresh enough: the same, but a script is told what it takes. */
    Reply stepUp(OidcRequest request, Site site, OidcSession session) {
        return request.demand() != Demand.PASSIVE && Navigation.isNavigation(request)
                ? navigate(request, site, Optional.of(session))
                : Replies.strongerLoginRequired(site, rules.at(request));
    }

    private Reply navigate(OidcRequest request, Site site, Optional<OidcSession> owner) {
        return start(request, site, new Plan(target(site, asked(request, site)), rules.at(request), owner));
    }

    /** What somebody wants to see: the page, or the page whose form was posted. */
    private static Optional<String> asked(OidcRequest request, Site site) {
        return Navigation.isPost(request)
                ? ReturnAddress.referer(site, request.header("Referer"))
                : Optional.of(site.requested(request));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply start(OidcRequest request, Site site, Plan plan) {
        var endpoint = provider.converse().metadata().authorizationEndpoint();
        var parameters = plan.parameters();
        var asked = new LoginState.Asked(
                parameters.maxAge(),
                parameters.acrValues(),
                parameters.prompt().contains("none"),
                parameters.prompt().contains("login"));
        var state = LoginState.start(plan.returnTo(), site.callback(), asked, clock.instant());
        var authentication = new AuthenticationRequest(
                essentials.clientId(),
                state.redirectUri(),
                essentials.scope(),
                state.state(),
                state.nonce(),
                state.codeVerifier(),
                essentials.responseMode(),
                parameters);
        var changes = new ArrayList<>(cookies.start(state, site.cookieScope(), request.cookies()));
        savedForms.keep(request, site, plan.owner(), state.state()).ifPresent(changes::add);
        return Replies.redirect(request, authentication.toUri(endpoint).toString(), changes);
    }

    /** The return address if it is a page of this application and not one of our own endpoints, which could loop. */
    private static String target(Site site, Optional<String> address) {
        return address.flatMap(text -> ReturnAddress.within(site, text))
                .filter(text -> !own(site, text))
                .orElse(site.home());
    }

    private static boolean own(Site site, String address) {
        return (ReturnAddress.path(address) + "/").startsWith(site.contextPath() + site.path() + "/");
    }

    /** The path of a page as rules name it: decoded, below the context path. */
    private static String local(Site site, String address) {
        var path = ReturnAddress.path(address);
        return path.startsWith(site.contextPath() + "/")
                ? path.substring(site.contextPath().length())
                : path;
    }
}
