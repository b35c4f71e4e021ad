// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers authentication requests (OpenID Connect Core section 3.1.2). */
final class AuthorizationEndpoint {
    private static final Duration PAGE_LIFE = Duration.ofMinutes(30);

    private final Provider provider;
    private final Issued<AuthenticationRequest> waiting;
    private volatile @Nullable String automaticUser;

    AuthorizationEndpoint(Provider provider) {
        this.provider = provider;
        this.waiting = new Issued<>(provider.terms().clock(), PAGE_LIFE);
    }

    /** Logs this user in without a page, or shows the page again if null. */
    void logInAutomatically(@Nullable String username) {
        automaticUser = username;
    }

    /** An authentication request. It is never redirected to an address that the client did not register. */
    Reply authorize(Request request) {
        Optional<Client> client = request.parameter("client_id").flatMap(provider.registry()::client);
        if (client.isEmpty()) {
            return Page.problem(400, "Unknown client", "No client is registered with this client_id.");
        }
        String redirectUri = request.parameter("redirect_uri").orElse("");
        if (!client.get().redirectUris().contains(redirectUri)) {
            return Page.problem(400, "Unknown redirect_uri", unknown(redirectUri, client.get()));
        }
        boolean formPost = request.parameter("response_mode").orElse("").equals("form_post");
        var returnTo = new ReturnAddress(
                client.get(), redirectUri, formPost, request.parameter("state").orElse(null));
        try {
            return decide(AuthenticationRequest.parse(request, returnTo), request);
        } catch (Refusal refusal) {
            return returnTo.answer(refusal.parameters(), provider.issuer());
        }
    }

    /** The login page's form. */
    Reply login(Request request) {
        if (request.isCrossOrigin(provider.issuer())) {
            return Page.problem(403, "Not from our page", "This form was sent by a page of another origin.");
        }
        Optional<AuthenticationRequest> wanted = request.form("request").flatMap(waiting::take);
        if (wanted.isEmpty()) {
            return Page.problem(400, "Already answered", "This login page was used before or is too old. Start again.");
        }
        if (request.form("deny").isPresent()) {
            Refusal denied = new Refusal("access_denied", "The user denied access");
            return wanted.get().returnTo().answer(denied.parameters(), provider.issuer());
        }
        return request.form("user")
                .flatMap(provider.registry()::user)
                .map(user -> logIn(wanted.get(), request, user))
                .orElseGet(() -> Page.problem(400, "Unknown user", "There is no user of this name."));
    }

    private Reply decide(AuthenticationRequest wanted, Request request) throws Refusal {
        String automatic = automaticUser;
        Optional<Session> session = provider.sessions()
                .of(request)
                .filter(known -> isGoodEnough(known, wanted.wishes()))
                .filter(known -> automatic == null || automatic.equals(known.username()));
        if (session.isPresent()) {
            return grant(wanted, session.get());
        }
        if (wanted.wishes().silent()) {
            throw new Refusal("login_required", "The user is not logged in, and no page may be shown");
        }
        if (automatic != null) {
            return logIn(wanted, request, provider.registry().userNamed(automatic));
        }
        return LoginPage.show(wanted, provider.registry().users(), waiting.issue(wanted));
    }

    private boolean isGoodEnough(Session session, AuthenticationRequest.Wishes wishes) {
        String hint = wishes.idTokenHint();
        return wishes.accepts(
                        session.authenticatedAt(), provider.terms().clock().instant())
                && (hint == null || isAbout(session, hint));
    }

    private boolean isAbout(Session session, String idTokenHint) {
        String subject = provider.registry().userNamed(session.username()).subject();
        return provider.keys()
                .claimsOfOurs(idTokenHint)
                .filter(claims -> subject.equals(claims.get("sub")))
                .isPresent();
    }

    private Reply logIn(AuthenticationRequest wanted, Request request, User user) {
        Sessions.LoggedIn login = provider.sessions().logIn(request, user);
        return grant(wanted, login.session()).header("Set-Cookie", login.setCookie());
    }

    private Reply grant(AuthenticationRequest wanted, Session session) {
        var grant = new Grant(wanted, session);
        provider.sessions().join(session.sid(), grant.clientId());
        String code = provider.grants().newCode(grant);
        return wanted.returnTo().answer(Map.of("code", code), provider.issuer());
    }

    private static String unknown(String redirectUri, Client client) {
        return "The client " + client.id() + " did not register \"" + redirectUri + "\", only " + client.redirectUris()
                + ". The two must be equal character by character.";
    }
}
