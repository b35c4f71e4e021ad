// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.config.ClaimPath;
import org.oidcfilter.config.LoginConfig;
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
     * @param rolesClaims where the roles are; a caller has the roles of all of them
     * @param rolesExpected whether the operator named the roles claims
     * @param nameClaim where the display name is
     * @param lifetime how long a session lasts at most
     */
    record Rules(
            LoginConfig.UserInfo userInfo,
            List<ClaimPath> rolesClaims,
            boolean rolesExpected,
            String nameClaim,
            Duration lifetime) {
        Rules {
            rolesClaims = List.copyOf(rolesClaims);
        }
    }

    SessionStart(Rules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    OidcSession session(IdToken idToken, TokenResponse response, Instant loginStartedAt, Conversation asking) {
        var now = clock.instant();
        var userInfo = userInfo(idToken, response.accessToken(), asking);
        var claims = SessionClaims.of(
                idToken.claims(), userInfo.map(UserInfoResponse::claims).orElse(Map.of()));
        var name = name(claims).orElse(idToken.subject());
        return new OidcSession(
                new OidcSession.Identity(
                        idToken.issuer(), idToken.subject(), idToken.sid(), name, roles(claims.asMap())),
                new OidcSession.Tokens(
                        idToken.raw(),
                        userInfo.map(UserInfoResponse::json).map(Secret::of),
                        Optional.of(response.accessToken()),
                        response.refreshToken(),
                        new OidcSession.Validity(
                                idToken.expiresAt(), response.expiresIn().map(now::plus), Optional.empty())),
                new OidcSession.Authentication(idToken.acr(), idToken.authenticatedAt()),
                new OidcSession.Times(loginStartedAt, now, now.plus(rules.lifetime())));
    }

    /** For display. An address that anybody could claim is not even that: applications take names for more than they are. */
    private Optional<String> name(SessionClaims claims) {
        return claims.string(rules.nameClaim())
                .filter(text -> !text.isBlank())
                .filter(text -> !rules.nameClaim().equals("email") || isEmailVerified(claims));
    }

    /** Core 5.1. Some providers write the boolean as a string. */
    private static boolean isEmailVerified(SessionClaims claims) {
        return claims.bool("email_verified").orElse(false)
                || claims.string("email_verified").filter("true"::equals).isPresent();
    }

    private Optional<UserInfoResponse> userInfo(IdToken idToken, Secret accessToken, Conversation asking) {
        return switch (rules.userInfo()) {
            case NEVER -> Optional.empty();
            case ALWAYS -> Optional.of(asking.userInfo(accessToken, idToken.subject()));
            case AUTO -> whereUseful(idToken, accessToken, asking);
        };
    }

    /** Roles are worth a failure, a name is not. */
    private Optional<UserInfoResponse> whereUseful(IdToken idToken, Secret accessToken, Conversation asking) {
        var lacksRoles = rules.rolesExpected() && roles(idToken.claims()).isEmpty();
        var lacksName = name(SessionClaims.of(idToken.claims(), Map.of())).isEmpty();
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

    private Set<String> roles(Map<String, Object> claims) {
        var roles = new LinkedHashSet<String>();
        rules.rolesClaims().forEach(path -> roles.addAll(path.strings(claims)));
        return roles;
    }
}
