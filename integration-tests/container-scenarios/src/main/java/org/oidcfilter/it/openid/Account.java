// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.openid;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.AccessToken;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.OpenIdClaims;
import jakarta.security.enterprise.identitystore.openid.RefreshToken;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bean that outlives requests, with what Jakarta Security says of each caller. */
@ApplicationScoped
public class Account {
    @Inject
    private @Nullable AccessToken accessToken;

    @Inject
    private @Nullable IdentityToken identityToken;

    @Inject
    private @Nullable RefreshToken refreshToken;

    @Inject
    private @Nullable OpenIdClaims claims;

    /** Subject, address, scopes and the end of the access token. */
    public String statement() {
        try {
            return String.join(
                    " ",
                    Objects.requireNonNull(identityToken)
                            .getJwtClaims()
                            .getSubject()
                            .orElse("?"),
                    Objects.requireNonNull(claims).getEmail().orElse("?"),
                    Objects.requireNonNull(accessToken).getScope().toString(),
                    String.valueOf(accessToken.isExpired()),
                    Objects.requireNonNull(refreshToken).getToken().isEmpty() ? "?" : "renewable");
        } catch (IllegalStateException e) {
            return "nobody";
        }
    }
}
