// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.AuthenticationRequest;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.session.LoginState;
import org.oidcfilter.session.StateCookie;

/**
 * Sends the browser to the provider (OpenID Connect Core 3.1.2.1), because a page needs a login, because somebody asked
 * for one at {@code /oidc/login}, or because a third party did (Core 4).
 */
final class Login {
    private static final int MAX_FORM = 16 * 1024;
    private static final int MAX_HINT = 256;

    private final Wishes wishes;
    private final Provider provider;
    private final StateCookie<LoginState> cookies;
    private final Clock clock;

    /**
     * What every authentication request says.
     *
     * @param issuer the provider we log in at
     * @param responseMode {@code response_mode}, where it is not the default
     * @param extra further parameters such as {@code max_age}
     */
    record Wishes(
            String issuer, String clientId, String scope, Optional<String> responseMode, Map<String, String> extra) {
        Wishes {
            extra = Map.copyOf(extra);
        }
    }

    Login(Wishes wishes, Provider provider, StateCookie<LoginState> cookies, Clock clock) {
        this.wishes = wishes;
        this.provider = provider;
        this.cookies = cookies;
        this.clock = clock;
    }

    /** The login endpoint: {@code return_to}, or {@code iss}, {@code login_hint} and {@code target_link_uri} (Core 4). */
    Reply onPurpose(OidcRequest request, Site site) throws IOException {
        if (!Navigation.isNavigation(request)) {
            return Replies.loginRequired(site);
        }
        var form = Form.parse(
                Navigation.isPost(request)
                        ? request.form(MAX_FORM)
                        : request.query().orElse(""));
        if (form.get("iss").map(iss -> !iss.equals(wishes.issuer())).orElse(false)) {
            throw new InvalidResponseException(
                    Reason.INITIATING_ISSUER_UNKNOWN,
                    "a login was initiated for another issuer than the configured one");
        }
        var returnTo = form.get("return_to").or(() -> form.get("target_link_uri"));
        var hint = form.get("login_hint").filter(text -> text.length() <= MAX_HINT);
        return start(request, site, target(site, returnTo), hint);
    }

    /** The answer to a request that needs a login: a redirect for a person, 401 for a script. */
    Reply challenge(OidcRequest request, Site site) {
        if (!Navigation.isNavigation(request)) {
            return Replies.loginRequired(site);
        }
        var asked = Navigation.isPost(request)
                ? ReturnAddress.referer(site, request.header("Referer"))
                : Optional.of(site.requested(request));
        return start(request, site, target(site, asked), Optional.empty());
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply start(OidcRequest request, Site site, String returnTo, Optional<String> loginHint) {
        var endpoint = provider.metadata().authorizationEndpoint();
        var state = LoginState.start(returnTo, site.callback(), clock.instant());
        var extra = new LinkedHashMap<>(wishes.extra());
        loginHint.ifPresent(hint -> extra.put("login_hint", hint));
        var authentication = new AuthenticationRequest(
                wishes.clientId(),
                state.redirectUri(),
                wishes.scope(),
                state.state(),
                state.nonce(),
                state.codeVerifier(),
                wishes.responseMode(),
                extra);
        return Replies.redirect(
                request,
                authentication.toUri(endpoint).toString(),
                cookies.start(state, site.cookieScope(), request.cookies()));
    }

    /** The return address if it is a page of this application and not one of our own endpoints, which could loop. */
    private static String target(Site site, Optional<String> address) {
        return address.flatMap(text -> ReturnAddress.within(site, text))
                .filter(text -> !own(site, text))
                .orElse(site.home());
    }

    private static boolean own(Site site, String address) {
        var path =
                URI.create(address.replaceAll("\\?.*|;[^/?]*", "")).normalize().getPath();
        return (path + "/").startsWith(site.contextPath() + site.path() + "/");
    }
}
