// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.Optional;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.provider.Conversation;
import org.oidcfilter.provider.Provider;

/** Tells the provider that tokens are not needed any more (RFC 7009), where it wants to know. Failing that, they expire. */
final class Revocation {
    private final Provider provider;
    private final boolean enabled;

    /** @param enabled whether the operator wants it */
    Revocation(Provider provider, boolean enabled) {
        this.provider = provider;
        this.enabled = enabled;
    }

    /** The refresh token first: with it go the access tokens of most providers. */
    void of(Optional<Secret> refreshToken, Optional<Secret> accessToken) {
        if (enabled) {
            var asking = provider.converse();
            refreshToken.ifPresent(token -> revoke(token, "refresh_token", asking));
            accessToken.ifPresent(token -> revoke(token, "access_token", asking));
        }
    }

    /** Those of a session that has ended. */
    void of(OidcSession session) {
        of(session.tokens().refreshToken(), session.tokens().accessToken());
    }

    private static void revoke(Secret token, String hint, Conversation asking) {
        try {
            if (asking.metadata().revocationEndpoint().isPresent()) {
                asking.revoke(token, hint);
            }
        } catch (OidcException e) {
            Failures.note("a token of a session that has ended lives on until it expires", e);
        }
    }
}
