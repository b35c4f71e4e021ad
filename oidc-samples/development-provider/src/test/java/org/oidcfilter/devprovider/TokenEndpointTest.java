// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.devprovider.RelyingParty.REDIRECT_URI;
import static org.oidcfilter.devprovider.RelyingParty.SECRET;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.authenticationRequest;
import static org.oidcfilter.devprovider.RelyingParty.json;
import static org.oidcfilter.devprovider.RelyingParty.payload;
import static org.oidcfilter.devprovider.RelyingParty.tokenRequest;
import static org.oidcfilter.devprovider.RelyingParty.with;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEndpointTest {
    private final SettableClock clock = new SettableClock();
    private final DevelopmentProvider op = DevelopmentProvider.builder()
            .clock(clock)
            .client(SHOP)
            .client(Client.confidential("odd:client", "a+b %:c").redirectUri(REDIRECT_URI))
            .client(Client.open("spa").redirectUri(REDIRECT_URI))
            .user(User.named("alice").roles("user"))
            .start();
    private final RelyingParty rp = new RelyingParty(op);

    @BeforeEach
    void logInWithoutPage() {
        op.loginAs("alice");
    }

    @AfterEach
    void close() {
        op.close();
    }

    @Test
    void acceptsClientSecretPost() throws Exception {
        assertEquals(200, rp.post("/token", tokenRequest(rp.code())).statusCode());
    }

    @Test
    void acceptsClientSecretBasicWithFormEncodedParts() throws Exception {
        String code = rp.code(with(authenticationRequest(), "client_id", "odd:client"));
        HttpResponse<String> response =
                rp.post("/token", unauthenticated(code), "Authorization", basic("odd%3Aclient:a%2Bb+%25%3Ac"));
        assertEquals(200, response.statusCode(), response.body());
    }

    @Test
    void acceptsAPublicClientByItsIdentifier() throws Exception {
        String code = rp.code(with(authenticationRequest(), "client_id", "spa"));
        assertEquals(
                200,
                rp.post("/token", with(unauthenticated(code), "client_id", "spa"))
                        .statusCode());
    }

    @ParameterizedTest
    @CsvSource({"client_secret, wrong", "client_secret, ", "client_id, nobody"})
    void refusesAClientThatDoesNotAuthenticate(String name, String value) throws Exception {
        HttpResponse<String> response = rp.post("/token", with(tokenRequest(rp.code()), name, value));
        assertEquals(401, response.statusCode());
        assertEquals("invalid_client", json(response.body()).get("error"));
        assertTrue(
                response.headers().firstValue("WWW-Authenticate").orElseThrow().startsWith("Basic"));
    }

    @ParameterizedTest
    @CsvSource({"c2hvcDp3cm9uZw==", "!!!", "c2hvcA=="})
    void refusesBasicCredentialsThatAreWrongOrUnreadable(String credentials) throws Exception {
        HttpResponse<String> response =
                rp.post("/token", unauthenticated(rp.code()), "Authorization", "Basic " + credentials);
        assertEquals("invalid_client", json(response.body()).get("error"));
    }

    @Test
    void refusesTwoWaysOfClientAuthenticationAtOnce() throws Exception {
        HttpResponse<String> response =
                rp.post("/token", tokenRequest(rp.code()), "Authorization", basic("shop:" + SECRET));
        assertEquals("invalid_request", json(response.body()).get("error"));
    }

    @ParameterizedTest
    @CsvSource({
        "code, invented, invalid_grant",
        "code, , invalid_request",
        "redirect_uri, http://127.0.0.1:8080/, invalid_grant",
        "redirect_uri, , invalid_request",
        "code_verifier, , invalid_request",
        "code_verifier, short, invalid_grant",
        "code_verifier, another-verifier-of-at-least-forty-three-characters, invalid_grant",
        "grant_type, password, unsupported_grant_type",
    })
    void refusesAWrongOrMissingParameter(String name, String value, String error) throws Exception {
        HttpResponse<String> response = rp.post("/token", with(tokenRequest(rp.code()), name, value));
        assertEquals(400, response.statusCode());
        assertEquals(error, json(response.body()).get("error"));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void refusesACodeOfAnotherClient() throws Exception {
        String code = rp.code(with(authenticationRequest(), "client_id", "spa"));
        assertEquals("invalid_grant", error(rp.post("/token", tokenRequest(code))));
    }

    @Test
    void refusesACodeAfterAMinute() throws Exception {
        String code = rp.code();
        clock.advance(Duration.ofSeconds(60));
        assertEquals("invalid_grant", error(rp.post("/token", tokenRequest(code))));
    }

    @Test
    void refusesASecondUseOfACodeAndRevokesWhatTheFirstGave() throws Exception {
        String code = rp.code();
        String accessToken = String.valueOf(
                json(rp.post("/token", tokenRequest(code)).body()).get("access_token"));
        assertEquals(200, userInfo(accessToken));
        assertEquals("invalid_grant", error(rp.post("/token", tokenRequest(code))));
        assertEquals(401, userInfo(accessToken));
    }

    @Test
    void accessTokenExpires() throws Exception {
        String accessToken = String.valueOf(rp.logIn().get("access_token"));
        clock.advance(Duration.ofMinutes(5));
        assertEquals(401, userInfo(accessToken));
    }

    @Test
    void refreshGivesNewTokensWithoutNonceForTheSameLogin() throws Exception {
        Map<String, Object> login = rp.logIn(with(authenticationRequest(), "scope", "openid offline_access"));
        Map<String, Object> before = payload(String.valueOf(login.get("id_token")));
        clock.advance(Duration.ofMinutes(10));
        op.register(User.named("alice").roles("user", "manager"));
        Map<String, Object> refreshed = json(refresh(login).body());
        Map<String, Object> after = payload(String.valueOf(refreshed.get("id_token")));
        assertFalse(after.containsKey("nonce"));
        for (String claim : List.of("iss", "sub", "aud", "auth_time", "sid")) {
            assertEquals(before.get(claim), after.get(claim), claim);
        }
        assertNotEquals(before.get("iat"), after.get("iat"));
        assertNotEquals(before.get("roles"), after.get("roles"));
        assertNotEquals(login.get("access_token"), refreshed.get("access_token"));
    }

    @Test
    void refreshTokenRotatesAndASecondUseRevokesTheNewOne() throws Exception {
        Map<String, Object> login = rp.logIn(with(authenticationRequest(), "scope", "openid offline_access"));
        Map<String, Object> refreshed = json(refresh(login).body());
        assertEquals("invalid_grant", error(refresh(login)));
        assertEquals("invalid_grant", error(refresh(refreshed)));
    }

    @Test
    void aRefreshTokenThatIsKeptWorksAgainAndAgain() throws Exception {
        try (var op2 = DevelopmentProvider.builder()
                .client(SHOP)
                .user(User.named("alice"))
                .alwaysIssueRefreshTokens()
                .keepRefreshTokens()
                .start()) {
            op2.loginAs("alice");
            var rp2 = new RelyingParty(op2);
            Map<String, String> request = refreshRequest(rp2.logIn());
            for (int time = 1; time <= 2; time++) {
                HttpResponse<String> response = rp2.post("/token", request);
                assertEquals(200, response.statusCode(), response.body());
                assertFalse(json(response.body()).containsKey("refresh_token"));
            }
        }
    }

    @Test
    void refreshCannotWidenTheScope() throws Exception {
        Map<String, Object> login = rp.logIn(with(authenticationRequest(), "scope", "openid offline_access"));
        var request = with(refreshRequest(login), "scope", "openid email");
        assertEquals("invalid_scope", error(rp.post("/token", request)));
    }

    @Test
    void refreshTokensCanBeIssuedToEverybody() throws Exception {
        try (var generous = DevelopmentProvider.builder()
                .client(SHOP)
                .user(User.named("alice"))
                .alwaysIssueRefreshTokens()
                .start()) {
            generous.loginAs("alice");
            assertTrue(new RelyingParty(generous).logIn().containsKey("refresh_token"));
        }
    }

    private HttpResponse<String> refresh(Map<String, Object> tokens) throws Exception {
        return rp.post("/token", refreshRequest(tokens));
    }

    private static Map<String, String> refreshRequest(Map<String, Object> tokens) {
        return Map.of(
                "grant_type",
                "refresh_token",
                "refresh_token",
                String.valueOf(tokens.get("refresh_token")),
                "client_id",
                "shop",
                "client_secret",
                SECRET);
    }

    private int userInfo(String accessToken) throws Exception {
        return rp.send(rp.request("/userinfo").header("Authorization", "Bearer " + accessToken))
                .statusCode();
    }

    private static Map<String, String> unauthenticated(String code) {
        return with(with(tokenRequest(code), "client_secret", null), "client_id", null);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private static Object error(HttpResponse<String> response) {
        return String.valueOf(json(response.body()).get("error"));
    }
}
