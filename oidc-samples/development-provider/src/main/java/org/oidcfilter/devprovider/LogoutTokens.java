// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes logout tokens (OpenID Connect Back-Channel Logout section 2.4). */
final class LogoutTokens {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final int LIFE_SECONDS = 120;

    private final Terms terms;
    private final IdTokens.Signer signer;

    LogoutTokens(Terms terms, IdTokens.Signer signer) {
        this.terms = terms;
        this.signer = signer;
    }

    /** A token to send to a client, after the lies have been told. */
    String forClient(Map<String, Object> claims) {
        Map<String, Object> header = header();
        Map<String, Object> all = complete(claims);
        signer.lies().distortLogoutToken(header, all);
        return signer.keys().sign(header, all);
    }

    /** Signs these claims, with what every logout token has where it is absent; never a lie. */
    String issue(Map<String, Object> claims) {
        return signer.keys().sign(header(), complete(claims));
    }

    private Map<String, Object> header() {
        return signer.keys().header("logout+jwt");
    }

    private Map<String, Object> complete(Map<String, Object> claims) {
        long now = terms.clock().instant().getEpochSecond();
        var all = new LinkedHashMap<String, Object>();
        all.put("iss", terms.issuer());
        all.put("iat", now);
        all.put("exp", now + LIFE_SECONDS);
        all.put("jti", RandomText.ofBits(128));
        all.put("events", new LinkedHashMap<>(Map.of(EVENT, new LinkedHashMap<>())));
        all.putAll(claims);
        return all;
    }
}
