// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Codes, access tokens and refresh tokens, each standing for a {@link Grant}. */
final class Grants {
    private static final Duration CODE_LIFE = Duration.ofMinutes(1);
    private static final Duration REFRESH_TOKEN_LIFE = Duration.ofHours(10);

    private final Issued<Grant> codes;
    private final Issued<Grant> accessTokens;
    private final Issued<Grant> refreshTokens;
    private final Issued<Grant> spent;
    private final boolean rotateRefreshTokens;

    Grants(Terms terms) {
        codes = new Issued<>(terms.clock(), CODE_LIFE);
        accessTokens = new Issued<>(terms.clock(), terms.tokenLifetime());
        refreshTokens = new Issued<>(terms.clock(), REFRESH_TOKEN_LIFE);
        spent = new Issued<>(terms.clock(), REFRESH_TOKEN_LIFE);
        rotateRefreshTokens = terms.refreshTokens().rotate();
    }

    String newCode(Grant grant) {
        return codes.issue(grant);
    }

    String newAccessToken(Grant grant) {
        return accessTokens.issue(grant);
    }

    String newRefreshToken(Grant grant) {
        return refreshTokens.issue(grant);
    }

    Optional<Grant> ofAccessToken(String accessToken) {
        return accessTokens.find(accessToken);
    }

    Optional<Grant> redeemCode(String code) {
        return redeem(codes, code);
    }

    Optional<Grant> redeemRefreshToken(String refreshToken) {
        return rotateRefreshTokens ? redeem(refreshTokens, refreshToken) : refreshTokens.find(refreshToken);
    }

    /** What a token stands for that could be revoked. */
    Optional<Grant> ofToken(String token) {
        return refreshTokens.find(token).or(() -> ofAccessToken(token));
    }

    /** Ends a token; a refresh token takes the other tokens of its grant along (RFC 7009 section 2.1). */
    synchronized void revoke(String token) {
        accessTokens.take(token);
        refreshTokens.find(token).ifPresent(this::revoke);
    }

    /** Ends a user's access and refresh tokens, also those for use while the user is away. */
    synchronized void revokeAllOf(String username) {
        for (Issued<Grant> tokens : List.of(accessTokens, refreshTokens)) {
            tokens.removeIf(grant -> grant.session().username().equals(username));
        }
    }

    /** A session's tokens end with it, except those for use while the user is away (Core section 11). */
    synchronized void endWith(Session session) {
        for (Issued<Grant> tokens : List.of(codes, accessTokens, refreshTokens)) {
            tokens.removeIf(grant -> grant.session().sid().equals(session.sid()) && !grant.isOffline());
        }
    }

    /** Valid once; a second use revokes what the first one gave (RFC 6749 section 4.1.2, RFC 9700 section 4.14.2). */
    private synchronized Optional<Grant> redeem(Issued<Grant> from, String text) {
        Optional<Grant> grant = from.take(text);
        if (grant.isEmpty()) {
            spent.find(text).ifPresent(this::revoke);
        }
        grant.ifPresent(valid -> spent.put(text, valid));
        return grant;
    }

    private void revoke(Grant grant) {
        accessTokens.removeIf(grant::equals);
        refreshTokens.removeIf(grant::equals);
    }
}
