// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of a login. Immutable; a change is a new instance handed to {@link SessionHandle#update}.
 *
 * <p>Nodes of different versions can share a session store: what a version has written the next ones can read, and what it
 * does not know of theirs it passes over.
 */
public final class OidcSession {
    private final Identity identity;
    private final Tokens tokens;
    private final Authentication authentication;
    private final Times times;

    /**
     * Who the session belongs to.
     *
     * @param issuer the provider ({@code iss})
     * @param subject the caller's identifier there ({@code sub})
     * @param sid the provider's name for its own session, where it gives one
     * @param name for display
     * @param roles the caller's roles
     */
    public record Identity(String issuer, String subject, Optional<String> sid, String name, Set<String> roles) {
        public Identity {
            roles = Set.copyOf(roles);
        }

        /** Nothing about the person. */
        @Override
        public String toString() {
            return "Identity[" + issuer + "]";
        }
    }

    /**
     * What the provider handed out.
     *
     * @param idToken the ID token, as received
     * @param userInfo the UserInfo claims as JSON, where they were asked for
     * @param accessToken the access token
     * @param refreshToken the refresh token, where there is one
     * @param validity until when they are good
     * @param grant what was said of the access token
     */
    public record Tokens(
            Secret idToken,
            Optional<Secret> userInfo,
            Optional<Secret> accessToken,
            Optional<Secret> refreshToken,
            Validity validity,
            Grant grant) {
        /** Of an access token that nothing is known of. */
        public Tokens(
                Secret idToken,
                Optional<Secret> userInfo,
                Optional<Secret> accessToken,
                Optional<Secret> refreshToken,
                Validity validity) {
            this(idToken, userInfo, accessToken, refreshToken, validity, Grant.UNKNOWN);
        }
    }

    /**
     * What came with an access token (RFC 6749 section 5.1).
     *
     * @param scope the scopes that were granted, separated by spaces, where the provider told
     * @param receivedAt when it came, where the provider told how long it lives
     */
    public record Grant(Optional<String> scope, Optional<Instant> receivedAt) {
        /** Nothing is known. */
        public static final Grant UNKNOWN = new Grant(Optional.empty(), Optional.empty());
    }

    /**
     * Until when tokens are good.
     *
     * @param idTokenExpiresAt the end of the ID token ({@code exp})
     * @param accessTokenExpiresAt the end of the access token, where the provider told ({@code expires_in})
     * @param refreshAt when to ask for new ones; empty for never
     * @param idTokenRenewable whether a new ID token is to be expected then: the last refresh, if there was one, brought one
     */
    public record Validity(
            Instant idTokenExpiresAt,
            Optional<Instant> accessTokenExpiresAt,
            Optional<Instant> refreshAt,
            boolean idTokenRenewable) {}

    /**
     * How the caller proved who they are.
     *
     * @param acr the authentication context class, where the provider told
     * @param time when that was ({@code auth_time}), where the provider told
     * @param cameFor the page that they were asked to log in for, where the login led to another one
     */
    public record Authentication(Optional<String> acr, Optional<Instant> time, Optional<String> cameFor) {
        /** Of a login that led to the page that it was for. */
        public Authentication(Optional<String> acr, Optional<Instant> time) {
            this(acr, time, Optional.empty());
        }

        /** Nothing of the page: an address may tell more than a log should know. */
        @Override
        public String toString() {
            return "Authentication[" + acr + ", " + time + "]";
        }
    }

    /**
     * When it began and when it ends.
     *
     * @param loginStartedAt when the browser was sent to the provider
     * @param lastUsedAt when a request last counted as use, at a minute's precision
     * @param endsAt when the session ends however much it is used
     * @param firstLoginStartedAt the same as {@code loginStartedAt}, or that of an earlier login of the same caller that this
     *     one followed in the same browser
     */
    public record Times(Instant loginStartedAt, Instant lastUsedAt, Instant endsAt, Instant firstLoginStartedAt) {
        /** Of a login that follows none. */
        public Times(Instant loginStartedAt, Instant lastUsedAt, Instant endsAt) {
            this(loginStartedAt, lastUsedAt, endsAt, loginStartedAt);
        }
    }

    public OidcSession(Identity identity, Tokens tokens, Authentication authentication, Times times) {
        this.identity = identity;
        this.tokens = tokens;
        this.authentication = authentication;
        this.times = times;
    }

    public Identity identity() {
        return identity;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Authentication authentication() {
        return authentication;
    }

    public Times times() {
        return times;
    }

    /** The same session, used at {@code now}. */
    public OidcSession usedAt(Instant now) {
        var old = times();
        return new OidcSession(
                identity(),
                tokens(),
                authentication(),
                new Times(old.loginStartedAt(), now, old.endsAt(), old.firstLoginStartedAt()));
    }

    /** The same session, of a login for a page that it does not lead to. */
    public OidcSession cameFor(String page) {
        var proof = authentication();
        return new OidcSession(
                identity(), tokens(), new Authentication(proof.acr(), proof.time(), Optional.of(page)), times());
    }

    /** The same session, as one that follows {@code earlier}. */
    public OidcSession continuing(OidcSession earlier) {
        var own = times();
        var first = earlier.times().firstLoginStartedAt();
        return new OidcSession(
                identity(),
                tokens(),
                authentication(),
                new Times(own.loginStartedAt(), own.lastUsedAt(), own.endsAt(), first));
    }

    /** The same login, with what a refresh has brought. */
    public OidcSession refreshed(Identity newIdentity, Tokens newTokens) {
        return new OidcSession(newIdentity, newTokens, authentication(), times());
    }

    /** The same login, whose tokens nobody can renew any more. */
    public OidcSession withoutRefresh() {
        var old = tokens();
        var validity = new Validity(
                old.validity().idTokenExpiresAt(), old.validity().accessTokenExpiresAt(), Optional.empty(), false);
        return refreshed(
                identity(),
                new Tokens(old.idToken(), old.userInfo(), old.accessToken(), Optional.empty(), validity, old.grant()));
    }

    /** Whether {@code other} is a version of the same session: made by the same login. */
    public boolean sameLoginAs(OidcSession other) {
        return sameCallerAs(other)
                && times().loginStartedAt().equals(other.times().loginStartedAt());
    }

    /** Whether {@code other} belongs to the same person at the same provider. */
    public boolean sameCallerAs(OidcSession other) {
        return identity().issuer().equals(other.identity().issuer())
                && identity().subject().equals(other.identity().subject());
    }

    /** The session as bytes that other versions of this software can read. */
    public byte[] toBytes() {
        return SessionFormat.write(this);
    }

    /** What {@link #toBytes} has written; empty for anything else. */
    public static Optional<OidcSession> fromBytes(byte[] bytes) {
        return SessionFormat.read(bytes);
    }

    /** Nothing of the caller: sessions end up in logs. */
    @Override
    public String toString() {
        return "OidcSession";
    }
}
