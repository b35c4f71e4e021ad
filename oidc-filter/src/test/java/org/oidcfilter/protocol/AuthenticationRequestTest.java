// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Secret;

class AuthenticationRequestTest {
    private static final Secret VERIFIER = Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    private static AuthenticationRequest request(Optional<String> responseMode, Map<String, String> extra) {
        return new AuthenticationRequest(
                "c1",
                URI.create("https://rp.test/app/oidc/callback"),
                "openid email",
                Secret.of("the-state"),
                Secret.of("the-nonce"),
                VERIFIER,
                responseMode,
                extra);
    }

    @Test
    void sendsTheParametersOfTheCodeFlowWithPkce() {
        var uri = request(Optional.empty(), Map.of("max_age", "300")).toUri(URI.create("https://op.test/authorize"));
        assertEquals(
                "https://op.test/authorize?response_type=code&client_id=c1"
                        + "&redirect_uri=https%3A%2F%2Frp.test%2Fapp%2Foidc%2Fcallback&scope=openid+email"
                        + "&state=the-state&nonce=the-nonce"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
                        + "&max_age=300",
                uri.toString());
    }

    @Test
    void sendsTheResponseModeWhereOneIsWanted() {
        var uri = request(Optional.of("form_post"), Map.of()).toUri(URI.create("https://op.test/authorize"));
        assertEquals(Optional.of("form_post"), Form.parse(uri.getRawQuery()).get("response_mode"));
    }

    @Test
    void neverSendsTheCodeVerifier() {
        var uri = request(Optional.empty(), Map.of()).toUri(URI.create("https://op.test/authorize"));
        assertFalse(uri.toString().contains(VERIFIER.reveal()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response_type",
                "client_id",
                "redirect_uri",
                "scope",
                "state",
                "nonce",
                "code_challenge",
                "code_challenge_method",
                "response_mode",
                "request",
                "request_uri"
            })
    void refusesExtraParametersThatOverrideTheProtocol(String name) {
        assertThrows(IllegalArgumentException.class, () -> request(Optional.empty(), Map.of(name, "x")));
    }

    @Test
    void printsNoSecret() {
        var printed = request(Optional.empty(), Map.of()).toString();
        assertFalse(
                printed.contains("the-state") || printed.contains("the-nonce") || printed.contains(VERIFIER.reveal()));
    }
}
