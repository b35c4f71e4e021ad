// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.LocalSessions;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcEvent.LogoutCause;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.config.SessionConfig;
import org.oidcfilter.protocol.AuthenticationResponse;
import org.oidcfilter.protocol.EndSessionRequest;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.session.LogoutMarks;
import org.oidcfilter.session.LogoutState;
import org.oidcfilter.session.StateCookie;
import org.oidcfilter.token.IdToken;

/**
 * Ends the session here and then at the provider (OpenID Connect RP-Initiated Logout 1.0).
 *
 * <p>Only a request that provably comes from the application, or that carries the session's own proof, ends a session;
 * whatever else arrives is asked first.
 */
final class Logout {
    private static final int MAX_FORM = 16 * 1024;

    /** Servers commonly refuse a request line of more than 8 KB. */
    private static final int LONGEST_HINT = 4 * 1024;

    private final Client client;
    private final Provider provider;
    private final Collaborators with;

    /**
     * Who asks.
     *
     * @param returnPath where a logout leads, below the context path; without it our own page says goodbye
     * @param confidentialTokens whether ID tokens come encrypted, so that they must not be read in an address
     * @param byApplication how far it reaches if the application signs somebody out
     */
    record Client(
            String id,
            Optional<String> returnPath,
            boolean confidentialTokens,
            SessionConfig.ApplicationLogout byApplication) {}

    /** Who else takes part. */
    record Collaborators(
            ExistingSession existing,
            LogoutProof proof,
            StateCookie<LogoutState> cookies,
            Revocation revocation,
            LogoutMarks marks,
            LocalSessions localSessions,
            Events events,
            Clock clock) {}

    /** How far a logout reaches. */
    private enum Scope {
        /** This session of this application; the provider is not told. */
        HERE,
        /** This session, its tokens, and the provider's own session. */
        PROVIDER,
        /** The same, and all other sessions of the caller in this application. */
        EVERYWHERE;

        static Scope of(Optional<String> name) {
            return Stream.of(values())
                    .filter(scope -> scope.text().equals(name.orElse(PROVIDER.text())))
                    .findFirst()
                    .orElseThrow(() -> new InvalidResponseException(
                            Reason.LOGOUT_SCOPE, "expected scope to be here, provider or everywhere"));
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Logout(Client client, Provider provider, Collaborators with) {
        this.client = client;
        this.provider = provider;
        this.with = with;
    }

    /** The logout endpoint. Parameters: {@code scope} of {@code here}, {@code provider}, {@code everywhere}; {@code proof}. */
    Reply handle(OidcRequest request, Site site) throws IOException {
        var form = Form.parse(
                Navigation.isPost(request)
                        ? request.form(MAX_FORM)
                        : request.query().orElse(""));
        var scope = Scope.of(form.get("scope"));
        var session = with.existing().remembered(request);
        if (session.isEmpty()) {
            return goodbye(request, site, "You are not signed in here any more.");
        }
        if (!Navigation.sameOrigin(request, site) && !with.proof().proves(session.get(), form.get("proof"))) {
            return ask(site, session.get(), scope);
        }
        if (scope == Scope.HERE) {
            end(session.get(), LogoutCause.LINK, scope, () -> request.session().end());
            return goodbye(request, site, "You are signed out of this application.");
        }
        end(session.get(), LogoutCause.LINK, scope, () -> endWithOthers(request, session.get(), scope));
        with.revocation().of(session.get());
        return atProvider(request, site, session.get());
    }

    /** Whether the application says what the browser sees when it signs somebody out. */
    boolean leavesTheAnswer() {
        return client.byApplication() == SessionConfig.ApplicationLogout.HERE;
    }

    /** The application signs the caller out, here only. */
    void byApplication(OidcRequest request) {
        with.existing()
                .remembered(request)
                .ifPresentOrElse(
                        session -> end(session, LogoutCause.APPLICATION, Scope.HERE, () -> request.session()
                                .end()),
                        () -> request.session().end());
    }

    /** The application signs the caller out, and leaves it to us where the browser goes then. */
    Reply byApplication(OidcRequest request, Site site) {
        var session = with.existing().remembered(request);
        if (session.isEmpty() || client.byApplication() == SessionConfig.ApplicationLogout.LEAVE) {
            byApplication(request);
            return away(request, site);
        }
        var scope = Scope.PROVIDER;
        end(session.get(), LogoutCause.APPLICATION, scope, () -> endWithOthers(request, session.get(), scope));
        with.revocation().of(session.get());
        return toProvider(request, site, session.get()).orElseGet(() -> away(request, site));
    }

    /** To where a logout leads, or to log in again. */
    private Reply away(OidcRequest request, Site site) {
        var target = client.returnPath().map(site::page).orElseGet(() -> site.origin() + site.login());
        return Replies.redirect(request, target, List.of());
    }

    /** Whether the request is somebody's way back from a logout. */
    boolean concerns(OidcRequest request, Site site) {
        return request.method().equals("GET")
                && request.query().map(AuthenticationResponse::mayBeIn).orElse(false)
                && isPending(request, site);
    }

    /** The application may have parameters of its own, in any form. */
    private boolean isPending(OidcRequest request, Site site) {
        try {
            return pending(request, site).isPresent();
        } catch (InvalidResponseException e) {
            return false;
        }
    }

    private Optional<LogoutState> pending(OidcRequest request, Site site) {
        var form = Form.parse(request.query().orElse(""));
        return form.get("state").map(Secret::of).flatMap(state -> with.cookies()
                .find(state, site.cookieScope(), request.cookies()));
    }

    /** The way back from the provider (RP-Initiated Logout 3). */
    Reply returned(OidcRequest request, Site site) {
        var logout = pending(request, site)
                .orElseThrow(() -> new InvalidResponseException(
                        Reason.LOGOUT_STATE_UNKNOWN,
                        "this browser has no pending logout with the state of the response"));
        var reply = goodbye(request, site, "You are signed out.");
        return Replies.withCookies(reply, List.of(with.cookies().removal(logout.state(), site.cookieScope())));
    }

    /** Tells of the end of {@code session}, unless somebody else has ended it before. */
    private void end(OidcSession session, LogoutCause cause, Scope scope, Runnable ending) {
        var goesOn = with.existing().goesOn(session);
        ending.run();
        if (goesOn) {
            with.events().loggedOut(session, cause, scope == Scope.EVERYWHERE);
        }
    }

    /**
     * The session, and those of the same session of the provider, with logins that are under way, for it ends; or all of
     * the caller. Who asks for all is signed out of none unless it is of all.
     */
    private void endWithOthers(OidcRequest request, OidcSession session, Scope scope) {
        var identity = session.identity();
        var all = scope == Scope.EVERYWHERE;
        var mark = with.marks().now(session, Optional.of(identity.subject()), all ? Optional.empty() : identity.sid());
        if (all) {
            with.marks().store(mark);
        }
        request.session().end();
        if (!all && identity.sid().isPresent()) {
            storeIfPossible(mark);
        }
        if (all || identity.sid().isPresent()) {
            with.localSessions().end(mark);
        }
    }

    private void storeIfPossible(LogoutMark mark) {
        try {
            with.marks().store(mark);
        } catch (SharedStateException e) {
            Failures.note("signed out here and at the provider, but other nodes do not know of it", e);
        }
    }

    private Reply ask(Site site, OidcSession session, Scope scope) {
        var fields = Map.of("proof", with.proof().of(session), "scope", scope.text());
        return Replies.page(200, Page.confirmLogout(site.logout(), fields, site.home()), List.of());
    }

    private Reply atProvider(OidcRequest request, Site site, OidcSession session) {
        return toProvider(request, site, session)
                .orElseGet(() -> goodbye(
                        request,
                        site,
                        "You are signed out of this application. You may still be signed in at the sign-in service."));
    }

    /** Nothing if the provider offers no logout. */
    private Optional<Reply> toProvider(OidcRequest request, Site site, OidcSession session) {
        var endpoint = endSessionEndpoint();
        if (endpoint.isEmpty()) {
            return Optional.empty();
        }
        var logout = LogoutState.start(site.home(), with.clock().instant());
        var end = new EndSessionRequest(hint(session), client.id(), site.logoutCallback(), logout.state());
        var cookies = with.cookies().start(logout, site.cookieScope(), request.cookies());
        return Optional.of(Replies.redirect(request, end.toUri(endpoint.get()).toString(), cookies));
    }

    /**
     * What spares the person a question of the provider. A form would have room for any token, but providers may not take
     * one, and do not see their {@code SameSite} cookies with it: the person would stay signed in there.
     */
    private Optional<Secret> hint(OidcSession session) {
        return Optional.of(session.tokens().idToken())
                .filter(token -> IdToken.isSigned(token)
                        && !client.confidentialTokens()
                        && token.reveal().length() <= LONGEST_HINT);
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
        return client.returnPath()
                .map(path -> Replies.redirect(request, site.page(path), List.of()))
                .orElseGet(() -> Replies.page(200, Page.signedOut(text, site.home()), List.of()));
    }
}
