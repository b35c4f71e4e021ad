// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.EndSessionRequest;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.session.LogoutState;
import org.oidcfilter.session.StateCookie;

/**
 * Ends the session here and then at the provider (OpenID Connect RP-Initiated Logout 1.0).
 *
 * <p>Only a request that provably comes from the application, or that carries the session's own proof, ends a session;
 * whatever else arrives is asked first.
 */
final class Logout {
    private static final int MAX_FORM = 16 * 1024;

    /** Servers commonly refuse a request line or header of more than 8 KB; the client identifier says enough. */
    private static final int LONGEST_HINT = 4 * 1024;

    private final String clientId;
    private final Optional<String> returnPath;
    private final Provider provider;
    private final Collaborators with;

    /** Who else takes part. */
    record Collaborators(ExistingSession existing, LogoutProof proof, StateCookie<LogoutState> cookies, Clock clock) {}

    /** @param returnPath where a logout leads, below the context path; without it our own page says goodbye */
    Logout(String clientId, Optional<String> returnPath, Provider provider, Collaborators with) {
        this.clientId = clientId;
        this.returnPath = returnPath;
        this.provider = provider;
        this.with = with;
    }

    /** The logout endpoint. Parameters: {@code scope=local} ends the session here only; {@code proof}. */
    Reply handle(OidcRequest request, Site site) throws IOException {
        var form = Form.parse(
                Navigation.isPost(request)
                        ? request.form(MAX_FORM)
                        : request.query().orElse(""));
        var session = with.existing().remembered(request);
        if (session.isEmpty()) {
            return goodbye(request, site, "You are not signed in here any more.");
        }
        var local = form.get("scope").map("local"::equals).orElse(false);
        if (!Navigation.sameOrigin(request, site) && !with.proof().proves(session.get(), form.get("proof"))) {
            return ask(site, session.get(), local);
        }
        request.session().end();
        return local
                ? goodbye(request, site, "You are signed out of this application.")
                : atProvider(request, site, session.get());
    }

    /** The way back from the provider (RP-Initiated Logout 3). */
    Reply returned(OidcRequest request, Site site) {
        var form = Form.parse(request.query().orElse(""));
        var logout = form.get("state")
                .map(Secret::of)
                .flatMap(state -> with.cookies().find(state, site.cookieScope(), request.cookies()))
                .orElseThrow(() -> new InvalidResponseException(
                        Reason.LOGOUT_STATE_UNKNOWN,
                        "this browser has no pending logout with the state of the response"));
        var reply = goodbye(request, site, "You are signed out.");
        return Replies.withCookies(reply, List.of(with.cookies().removal(logout.state(), site.cookieScope())));
    }

    private Reply ask(Site site, OidcSession session, boolean local) {
        var fields = new LinkedHashMap<>(Map.of("proof", with.proof().of(session)));
        if (local) {
            fields.put("scope", "local");
        }
        return Replies.page(200, Page.confirmLogout(site.logout(), fields, site.home()), List.of());
    }

    private Reply atProvider(OidcRequest request, Site site, OidcSession session) {
        var endpoint = endSessionEndpoint();
        if (endpoint.isEmpty()) {
            return goodbye(
                    request,
                    site,
                    "You are signed out of this application. You may still be signed in at the sign-in service.");
        }
        var logout = LogoutState.start(site.home(), with.clock().instant());
        var end = new EndSessionRequest(
                Optional.of(session.tokens().idToken())
                        .filter(token -> token.reveal().length() <= LONGEST_HINT),
                clientId,
                Optional.of(site.logoutCallback()),
                Optional.of(logout.state()));
        return Replies.redirect(
                request,
                end.toUri(endpoint.get()).toString(),
                with.cookies().start(logout, site.cookieScope(), request.cookies()));
    }

    /** A provider that cannot be reached does not keep anybody signed in here. */
    private Optional<URI> endSessionEndpoint() {
        try {
            return provider.converse().metadata().endSessionEndpoint();
        } catch (OidcException e) {
            Failures.note("signed out here only, not at the provider", e);
            return Optional.empty();
        }
    }

    private Reply goodbye(OidcRequest request, Site site, String text) {
        return returnPath
                .map(path -> Replies.redirect(request, site.page(path), List.of()))
                .orElseGet(() -> Replies.page(200, Page.signedOut(text, site.home()), List.of()));
    }
}
