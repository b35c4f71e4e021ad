// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.token.DecryptionKeys;

/** Publishes our public keys, so that the provider can encrypt to them (OpenID Connect Core 10.2.1). The same for everybody. */
final class KeysEndpoint {
    private static final String NONE = "{\"keys\":[]}";

    private final String jwks;

    KeysEndpoint(Optional<DecryptionKeys> keys) {
        this.jwks = keys.map(DecryptionKeys::publicJwks).orElse(NONE);
    }

    Reply handle(OidcRequest request, Site site) {
        var headers = Map.of(
                "Content-Type", "application/jwk-set+json",
                "Cache-Control", "public, max-age=3600",
                "X-Content-Type-Options", "nosniff");
        return new Reply(200, headers, List.of(), jwks);
    }
}
