// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.config.LoginConfig;
import org.oidcfilter.config.SessionConfig.KeptToken;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.TokenResponse;
import org.oidcfilter.protocol.UserInfoResponse;
import org.oidcfilter.provider.Conversation;
import org.oidcfilter.token.IdToken;

/** Makes a session of what a login produced: asks UserInfo where wanted, finds the roles and the name. */
final class SessionStart {
    private static final Set<Reason> NONSENSE = Set.of(Reason.PROVIDER_MEDIA_TYPE, Reason.PROVIDER_JSON);

    private final Rules rules;
    private final Clock clock;

    /**
     * How claims become a caller.
     *
     * @param userInfo when the UserInfo endpoint is asked; automatically if the ID token lacks the caller's name, or every
     *     roles claim that the operator named
     * @param roles finds the roles
     * @param rolesExpected whether the operator named the roles claims
     * @param name finds the display name
     * @param lifetime how long a session lasts at most
     * @param kept which tokens are remembered
     * @param freshness when tokens are renewed
     */
    record Rules(
            LoginConfig.UserInfo userInfo,
            Roles roles,
            boolean rolesExpected,
            CallerName name,
            Duration lifetime,
            Set<KeptToken> kept,
            Freshness freshness) {
        Rules {
            kept = Set.copyOf(kept);
        }
    }

    /**
     * When tokens are renewed.
     *
     * @param enabled whether they are at all
     * @param ahead how long before their end
     * @param withIdToken whether the end of the ID token counts besides that of the access token
     */
    record Freshness(boolean enabled, Duration ahead, boolean withIdToken) {}

    SessionStart(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    OidcSession session(IdToken idToken, TokenResponse response, Instant loginStartedAt, Conversation asking) {
        var userInfo = userInfo(idToken, response.accessToken(), asking)
                .map(UserInfoResponse::json)
                .map(Secret::of);
        var refreshToken = kept(KeptToken.REFRESH_TOKEN, response.refreshToken());
        var validity = validity(idToken.expiresAt(), true, response.expiresIn(), refreshToken.isPresent());
        var tokens = new OidcSession.Tokens(
                kept(idToken),
                userInfo,
                kept(KeptToken.ACCESS_TOKEN, Optional.of(response.accessToken())),
                refreshToken,
                validity,
                grant(response.scope(), response.expiresIn(), validity));
        var person = person(idToken.issuer(), idToken.subject(), claims(idToken.claims(), userInfo));
        var now = clock.instant();
        return new OidcSession(
                identity(person, idToken.sid(), rules.roles().atLogin(person, response.scope())),
                tokens,
                new OidcSession.Authentication(idToken.acr(), idToken.authenticatedAt()),
                new OidcSession.Times(loginStartedAt, now, now.plus(rules.lifetime())));
    }

    /**
     * The session with what a refresh has brought: the caller's roles and name are found anew. What the provider did not
     * send again is kept.
     *
     * @param idToken the new ID token, where one came; an answer without is normal (Core 12.2)
     */
    OidcSession refreshed(OidcSession old, Optional<IdToken> idToken, TokenResponse response, Conversation asking) {
        var before = old.tokens();
        var validity = validity(
                idToken.map(IdToken::expiresAt).orElse(before.validity().idTokenExpiresAt()),
                idToken.isPresent(),
                response.expiresIn(),
                true);
        var scope = response.scope().or(before.grant()::scope); // RFC 6749 section 6: the same, if it is not said
        var tokens = new OidcSession.Tokens(
                idToken.map(this::kept).orElse(before.idToken()),
                userInfoAgain(old, response.accessToken(), asking),
                kept(KeptToken.ACCESS_TOKEN, Optional.of(response.accessToken())),
                response.refreshToken().or(before::refreshToken),
                validity,
                grant(scope, response.expiresIn(), validity));
        var identity = old.identity();
        var claims = claims(
                idToken.map(IdToken::claims).orElseGet(() -> IdToken.claimsOf(tokens.idToken())), tokens.userInfo());
        var person = person(identity.issuer(), identity.subject(), claims);
        var earlier = new Roles.Before(claims(IdToken.claimsOf(before.idToken()), before.userInfo()), identity.roles());
        var roles = rules.roles().atRefresh(person, response.scope(), earlier);
        return old.refreshed(identity(person, identity.sid(), roles), tokens);
    }

    private Secret kept(IdToken idToken) {
        return rules.kept().contains(KeptToken.ID_TOKEN) ? idToken.raw() : IdToken.withoutSignature(idToken.raw());
    }

    private Optional<Secret> kept(KeptToken which, Optional<Secret> token) {
        return rules.kept().contains(which) ? token : Optional.empty();
    }

    private OidcSession.Grant grant(
            Optional<String> scope, Optional<Duration> expiresIn, OidcSession.Validity validity) {
        return rules.kept().contains(KeptToken.ACCESS_TOKEN)
                ? new OidcSession.Grant(scope, expiresIn.flatMap(life -> validity.accessTokenExpiresAt()
                        .map(end -> end.minus(life))))
                : OidcSession.Grant.UNKNOWN;
    }

    private static SessionClaims claims(Map<String, Object> idToken, Optional<Secret> userInfo) {
        return SessionClaims.of(
                idToken, userInfo.map(json -> Json.parse(json.reveal())).orElse(Map.of()));
    }

    private Roles.Person person(String issuer, String subject, SessionClaims claims) {
        return new Roles.Person(issuer, subject, rules.name().of(claims).orElse(subject), claims);
    }

    private static OidcSession.Identity identity(Roles.Person person, Optional<String> sid, Set<String> roles) {
        return new OidcSession.Identity(person.issuer(), person.subject(), sid, person.name(), roles);
    }

    /** @param fresh whether the ID token came with this answer: one that did not is no reason to ask again */
    private OidcSession.Validity validity(
            Instant idTokenExpiresAt, boolean fresh, Optional<Duration> expiresIn, boolean renewable) {
        var renewed = renewable && rules.freshness().enabled();
        var accessTokenExpiresAt = expiresIn.map(clock.instant()::plus);
        var end = fresh && rules.freshness().withIdToken()
                ? accessTokenExpiresAt.filter(idTokenExpiresAt::isAfter).or(() -> Optional.of(idTokenExpiresAt))
                : accessTokenExpiresAt;
        return new OidcSession.Validity(
                idTokenExpiresAt,
                accessTokenExpiresAt,
                end.filter(any -> renewed).map(this::refreshAt),
                renewed && fresh);
    }

    /**
     * Ahead of the end, but not before half of the time is over. Lives of seconds must not mean a call per request: such
     * tokens are used to their end, and those that come without any are kept for a while.
     */
    private Instant refreshAt(Instant end) {
        var now = clock.instant();
        // dividedBy reckons with BigDecimal
        var half = Duration.ofMillis(Duration.between(now, end).toMillis() / 2);
        var ahead = rules.freshness().ahead();
        var at = end.minus(ahead.compareTo(half) < 0 ? ahead : half);
        var pause = now.plus(Renewal.PAUSE);
        var soonest = end.isAfter(now) && end.isBefore(pause) ? end : pause;
        return at.isBefore(soonest) ? soonest : at;
    }

    /** What was asked at the login is asked again. An outage leaves what is known, for claims are no key to anything. */
    private Optional<Secret> userInfoAgain(OidcSession old, Secret accessToken, Conversation asking) {
        var known = old.tokens().userInfo();
        if (known.isEmpty()) {
            return known;
        }
        try {
            var answer = asking.userInfo(accessToken, old.identity().subject());
            return Optional.of(Secret.of(answer.json()));
        } catch (OidcException e) {
            if (!isOutage(e)) {
                throw e;
            }
            Failures.note("a session goes on with the UserInfo claims of its login", e);
            return known;
        }
    }

    private Optional<UserInfoResponse> userInfo(IdToken idToken, Secret accessToken, Conversation asking) {
        return switch (rules.userInfo()) {
            case NEVER -> Optional.empty();
            case AVAILABLE ->
                asking.metadata().userInfoEndpoint().isEmpty()
                        ? Optional.empty()
                        : Optional.of(asking.userInfo(accessToken, idToken.subject()));
            case ALWAYS -> Optional.of(asking.userInfo(accessToken, idToken.subject()));
            case AUTO -> whereUseful(idToken, accessToken, asking);
        };
    }

    /** Roles are worth a failure, a name is not. */
    private Optional<UserInfoResponse> whereUseful(IdToken idToken, Secret accessToken, Conversation asking) {
        var lacksRoles = rules.rolesExpected() && !rules.roles().mentionedIn(idToken.claims());
        var lacksName =
                rules.name().of(SessionClaims.of(idToken.claims(), Map.of())).isEmpty();
        if (asking.metadata().userInfoEndpoint().isEmpty() || !(lacksRoles || lacksName)) {
            return Optional.empty();
        }
        try {
            return Optional.of(asking.userInfo(accessToken, idToken.subject()));
        } catch (OidcException e) {
            if (lacksRoles || !isOutage(e)) {
                throw e;
            }
            Failures.note("no UserInfo, so the subject is shown as the name", e);
            return Optional.empty();
        }
    }

    /** No answer, or one that says nothing at all. What is said about somebody else is no outage. */
    private static boolean isOutage(OidcException failure) {
        return failure instanceof ProviderUnavailableException || NONSENSE.contains(failure.reason());
    }
}
