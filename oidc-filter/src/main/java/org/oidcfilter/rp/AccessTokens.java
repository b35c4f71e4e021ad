// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.AccessTokenException;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.SharedStateException;

/** Hands access tokens to the application, each to the code of the caller that it belongs to. */
final class AccessTokens {
    private final ExistingSession existing;
    private final Clock clock;

    AccessTokens(ExistingSession existing, Clock clock) {
        this.existing = existing;
        this.clock = clock;
    }

    /**
     * A good access token of {@code session}, whatever the session that {@code handle} leads to has become.
     *
     * @throws AccessTokenException if there is none
     */
    Secret of(SessionHandle handle, OidcSession session) {
        var before = clock.instant();
        var tokens = current(handle, session);
        var now = clock.instant();
        if (hasExpired(tokens, now) && !hasExpired(tokens, before)) {
            tokens = current(handle, session); // it ended after one had looked whether it is time to renew it
            now = clock.instant();
        }
        if (hasExpired(tokens, now)) {
            throw unavailable("the access token has expired and could not be renewed");
        }
        return tokens.accessToken().orElseThrow(() -> unavailable("the session has no access token"));
    }

    private OidcSession.Tokens current(SessionHandle handle, OidcSession session) {
        return fresh(handle, session)
                .orElseThrow(() -> new AccessTokenException(Reason.SESSION_OVER, "the session has ended"))
                .tokens();
    }

    private static boolean hasExpired(OidcSession.Tokens tokens, Instant now) {
        return tokens.validity()
                .accessTokenExpiresAt()
                .map(end -> !now.isBefore(end))
                .orElse(false);
    }

    private Optional<OidcSession> fresh(SessionHandle handle, OidcSession session) {
        try {
            return existing.fresh(handle, session);
        } catch (SharedStateException e) {
            throw unavailable("it cannot be told whether the session has ended");
        } catch (InvalidResponseException e) {
            throw unavailable("the tokens of the session have grown and cannot be kept"); // and so it has ended
        }
    }

    private static AccessTokenException unavailable(String message) {
        return new AccessTokenException(Reason.ACCESS_TOKEN_UNAVAILABLE, message);
    }
}
