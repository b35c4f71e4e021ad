// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Secret;

class AuthenticationRequestTest {
    private static final Secret VERIFIER = Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

    private static AuthenticationRequest request(Optional<String> responseMode, LoginParameters parameters) {
        return new AuthenticationRequest(
                "c1",
                URI.create("https://rp.test/app/oidc/callback"),
                "openid email",
                Secret.of("the-state"),
                Secret.of("the-nonce"),
                VERIFIER,
                responseMode,
                parameters);
    }

    private static LoginParameters with(Map<String, String> others) {
        return new LoginParameters(
                List.of("login", "consent"),
                Optional.of(Duration.ofMinutes(5)),
                List.of("phr", "mfa"),
                List.of("https://api.test/a?b=c", "urn:d"),
                others);
    }

    @Test
    void sendsWhatElseIsAskedForAndEachResourceByItself() {
        var uri = request(Optional.empty(), with(Map.of("claims", "{\"userinfo\":{}}")))
                .toUri(URI.create("https://op.test/authorize?resource=theirs"));
        assertTrue(
                uri.toString()
                        .endsWith(
                                "&claims=%7B%22userinfo%22%3A%7B%7D%7D&prompt=login+consent&max_age=300&acr_values=phr+mfa"
                                        + "&resource=https%3A%2F%2Fapi.test%2Fa%3Fb%3Dc&resource=urn%3Ad"),
                uri.toString());
    }

    @Test
    void sendsTheParametersOfTheCodeFlowWithPkce() {
        var uri = request(Optional.empty(), with(Map.of())).toUri(URI.create("https://op.test/authorize"));
        assertEquals(
                "https://op.test/authorize?response_type=code&client_id=c1"
                        + "&redirect_uri=https%3A%2F%2Frp.test%2Fapp%2Foidc%2Fcallback&scope=openid+email"
                        + "&state=the-state&nonce=the-nonce"
                        + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
                        + "&prompt=login+consent&max_age=300&acr_values=phr+mfa"
                        + "&resource=https%3A%2F%2Fapi.test%2Fa%3Fb%3Dc&resource=urn%3Ad",
                uri.toString());
    }

    @Test
    void sendsTheResponseModeWhereOneIsWanted() {
        var uri =
                request(Optional.of("form_post"), LoginParameters.NONE).toUri(URI.create("https://op.test/authorize"));
        assertEquals(Optional.of("form_post"), Form.parse(uri.getRawQuery()).get("response_mode"));
    }

    @Test
    void neverSendsTheCodeVerifier() {
        var uri = request(Optional.empty(), LoginParameters.NONE).toUri(URI.create("https://op.test/authorize"));
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
                "request_uri",
                "prompt",
                "max_age",
                "acr_values",
                "resource"
            })
    void refusesExtraParametersThatOverrideTheProtocol(String name) {
        assertThrows(IllegalArgumentException.class, () -> with(Map.of(name, "x")));
    }

    @Test
    void printsNoSecret() {
        var printed = request(Optional.empty(), LoginParameters.NONE).toString();
        assertFalse(
                printed.contains("the-state") || printed.contains("the-nonce") || printed.contains(VERIFIER.reveal()));
    }
}
