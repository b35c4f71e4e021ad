// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.devprovider.RelyingParty.REDIRECT_URI;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.answer;
import static org.oidcfilter.devprovider.RelyingParty.authenticationRequest;
import static org.oidcfilter.devprovider.RelyingParty.json;
import static org.oidcfilter.devprovider.RelyingParty.payload;
import static org.oidcfilter.devprovider.RelyingParty.tokenRequest;
import static org.oidcfilter.devprovider.RelyingParty.with;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CodeFlowTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final DevelopmentProvider op = DevelopmentProvider.builder()
            .clock(java.time.Clock.fixed(NOW, ZoneOffset.UTC))
            .client(SHOP)
            .client(Client.open("spa").redirectUri(REDIRECT_URI + "?app=spa"))
            .user(User.named("alice")
                    .name("Alice Adams")
                    .email("alice@example.test")
                    .roles("user", "admin")
                    .claim("department", "sales"))
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
    void answersByQueryWithCodeStateAndIssuer() throws Exception {
        HttpResponse<String> response = rp.authorize(authenticationRequest());
        Map<String, String> answer = answer(response);
        assertTrue(
                response.headers().firstValue("Location").orElseThrow().startsWith(REDIRECT_URI + "?"),
                "goes to the redirect URI");
        assertEquals("state & more", answer.get("state"));
        assertEquals(op.issuer(), answer.get("iss"));
        assertNotEquals(null, answer.get("code"));
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void answersByFormPostWithAPageThatPostsItself() throws Exception {
        HttpResponse<String> page = rp.authorize(with(authenticationRequest(), "response_mode", "form_post"));
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<form method=\"post\" action=\"" + REDIRECT_URI + "\">"), page.body());
        assertTrue(page.body().contains("name=\"state\" value=\"state &amp; more\""), page.body());
        assertTrue(page.body().contains("name=\"iss\" value=\"" + op.issuer() + "\""), page.body());
        assertTrue(page.body().contains("<noscript><button"), page.body());
        String code = Html.hiddenField(page.body(), "code");
        assertEquals(200, rp.post("/token", tokenRequest(code)).statusCode());
    }

    @Test
    void addsTheAnswerToAQueryThatTheRedirectUriAlreadyHas() throws Exception {
        var request =
                with(with(authenticationRequest(), "client_id", "spa"), "redirect_uri", REDIRECT_URI + "?app=spa");
        assertEquals("spa", answer(rp.authorize(request)).get("app"));
    }

    @Test
    void idTokenSaysWhoLoggedInWhenAndForWhom() throws Exception {
        Map<String, Object> claims = rp.idTokenClaims();
        assertEquals(op.issuer(), claims.get("iss"));
        assertEquals("shop", claims.get("aud"));
        assertEquals("alice", claims.get("sub"));
        assertEquals("nonce-1", claims.get("nonce"));
        assertEquals(NOW.getEpochSecond(), claims.get("iat"));
        assertEquals(NOW.getEpochSecond(), claims.get("auth_time"));
        assertEquals(NOW.getEpochSecond() + 300, claims.get("exp"));
        assertEquals(op.sessions().get(0).sid(), claims.get("sid"));
        assertFalse(claims.containsKey("azp"), "one audience needs no azp");
        assertFalse(claims.containsKey("acr"), "nobody asked for acr");
    }

    @Test
    void idTokenCarriesTheUsersClaims() throws Exception {
        Map<String, Object> claims = rp.idTokenClaims();
        assertEquals("alice", claims.get("preferred_username"));
        assertEquals("Alice Adams", claims.get("name"));
        assertEquals("alice@example.test", claims.get("email"));
        assertEquals(true, claims.get("email_verified"));
        assertEquals(List.of("user", "admin"), claims.get("roles"));
        assertEquals(List.of("user", "admin"), claims.get("groups"));
        assertEquals("sales", claims.get("department"));
    }

    @Test
    void idTokenCarriesTheFirstAcrThatWasAskedFor() throws Exception {
        Map<String, Object> tokens = rp.logIn(with(authenticationRequest(), "acr_values", "gold silver"));
        assertEquals("gold", payload(String.valueOf(tokens.get("id_token"))).get("acr"));
    }

    @Test
    void tokenAnswerIsCompleteAndNotStored() throws Exception {
        HttpResponse<String> response = rp.post("/token", tokenRequest(rp.code()));
        Map<String, Object> tokens = json(response.body());
        assertEquals("Bearer", tokens.get("token_type"));
        assertEquals(300L, tokens.get("expires_in"));
        assertFalse(tokens.containsKey("refresh_token"), "offline_access was not asked for");
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void userInfoTellsTheClaimsToTheHolderOfAnAccessToken() throws Exception {
        String accessToken = String.valueOf(rp.logIn().get("access_token"));
        HttpResponse<String> response =
                rp.send(rp.request("/userinfo").header("Authorization", "Bearer " + accessToken));
        assertEquals(200, response.statusCode());
        assertEquals("alice", json(response.body()).get("sub"));
        assertEquals(List.of("user", "admin"), json(response.body()).get("roles"));
    }

    @Test
    void userInfoRefusesAnUnknownAccessToken() throws Exception {
        HttpResponse<String> response = rp.send(rp.request("/userinfo").header("Authorization", "Bearer invented"));
        assertEquals(401, response.statusCode());
        assertEquals(
                "Bearer error=\"invalid_token\"",
                response.headers().firstValue("WWW-Authenticate").orElseThrow());
        assertEquals(401, rp.get("/userinfo", Map.of()).statusCode());
    }

    @Test
    void metadataNamesEveryEndpointAndAbility() throws Exception {
        Map<String, Object> metadata =
                json(rp.get("/.well-known/openid-configuration", Map.of()).body());
        assertEquals(op.issuer(), metadata.get("issuer"));
        assertEquals(op.issuer() + "/authorize", metadata.get("authorization_endpoint"));
        assertEquals(op.issuer() + "/token", metadata.get("token_endpoint"));
        assertEquals(op.issuer() + "/userinfo", metadata.get("userinfo_endpoint"));
        assertEquals(op.issuer() + "/revoke", metadata.get("revocation_endpoint"));
        assertEquals(op.issuer() + "/jwks", metadata.get("jwks_uri"));
        assertEquals(op.issuer() + "/end-session", metadata.get("end_session_endpoint"));
        assertEquals(List.of("S256"), metadata.get("code_challenge_methods_supported"));
        assertEquals(List.of("query", "form_post"), metadata.get("response_modes_supported"));
        assertEquals(true, metadata.get("authorization_response_iss_parameter_supported"));
        assertEquals(true, metadata.get("backchannel_logout_session_supported"));
    }

    @Test
    void startPageSaysWhatThisIs() throws Exception {
        HttpResponse<String> page = rp.get("/", Map.of());
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("without a password"), page.body());
        assertTrue(page.body().contains(op.issuer()), page.body());
    }
}
