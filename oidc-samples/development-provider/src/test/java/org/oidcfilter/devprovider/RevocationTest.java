// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.devprovider.RelyingParty.SECRET;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.authenticationRequest;
import static org.oidcfilter.devprovider.RelyingParty.json;
import static org.oidcfilter.devprovider.RelyingParty.with;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RevocationTest {
    private final DevelopmentProvider op = DevelopmentProvider.builder()
            .client(SHOP)
            .client(Client.confidential("other", SECRET))
            .user(User.named("alice"))
            .alwaysIssueRefreshTokens()
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
    void revokingAnAccessTokenEndsThatTokenOnly() throws Exception {
        Map<String, Object> tokens = rp.logIn();
        assertEquals(200, revoke(token(tokens, "access_token")).statusCode());
        assertEquals(401, userInfo(tokens));
        assertEquals(200, refresh(tokens).statusCode());
    }

    @Test
    void revokingARefreshTokenEndsItsAccessTokensToo() throws Exception {
        Map<String, Object> tokens = rp.logIn();
        assertEquals(200, revoke(token(tokens, "refresh_token")).statusCode());
        assertEquals(401, userInfo(tokens));
        assertEquals("invalid_grant", error(refresh(tokens)));
    }

    @Test
    void revokingLeavesAnotherLoginAlone() throws Exception {
        Map<String, Object> other = rp.logIn(with(authenticationRequest(), "nonce", "nonce-2"));
        revoke(token(rp.logIn(), "refresh_token"));
        assertEquals(200, userInfo(other));
        assertEquals(200, refresh(other).statusCode());
    }

    @Test
    void anUnknownTokenIsNoError() throws Exception {
        assertEquals(200, revoke("invented").statusCode());
    }

    @Test
    void aWrongHintDoesNotMatter() throws Exception {
        Map<String, Object> tokens = rp.logIn();
        rp.post(
                "/revoke",
                with(with(shop(), "token", token(tokens, "refresh_token")), "token_type_hint", "access_token"));
        assertEquals("invalid_grant", error(refresh(tokens)));
    }

    @Test
    void refusesAClientThatDoesNotAuthenticateAndRevokesNothing() throws Exception {
        Map<String, Object> tokens = rp.logIn();
        Map<String, String> request = with(shop(), "token", token(tokens, "refresh_token"));
        HttpResponse<String> response = rp.post("/revoke", with(request, "client_secret", "wrong"));
        assertEquals(401, response.statusCode());
        assertEquals("invalid_client", error(response));
        assertEquals(200, userInfo(tokens));
    }

    @Test
    void refusesATokenOfAnotherClientAndRevokesNothing() throws Exception {
        Map<String, Object> tokens = rp.logIn();
        Map<String, String> request = with(shop(), "token", token(tokens, "access_token"));
        assertEquals("invalid_grant", error(rp.post("/revoke", with(request, "client_id", "other"))));
        assertEquals(200, userInfo(tokens));
    }

    @Test
    void refusesARequestWithoutToken() throws Exception {
        assertEquals("invalid_request", error(rp.post("/revoke", shop())));
    }

    @Test
    void anAdministratorEndsAllTokensOfAUserAndNoSession() throws Exception {
        Map<String, Object> tokens = rp.logIn(with(authenticationRequest(), "scope", "openid offline_access"));
        op.revokeTokens("bob");
        assertEquals(200, userInfo(tokens));
        op.revokeTokens("alice");
        assertEquals(401, userInfo(tokens));
        assertEquals("invalid_grant", error(refresh(tokens)));
        assertEquals(1, op.sessions().size());
    }

    private HttpResponse<String> revoke(String token) throws Exception {
        return rp.post("/revoke", with(shop(), "token", token));
    }

    private HttpResponse<String> refresh(Map<String, Object> tokens) throws Exception {
        Map<String, String> request = with(shop(), "grant_type", "refresh_token");
        return rp.post("/token", with(request, "refresh_token", token(tokens, "refresh_token")));
    }

    private int userInfo(Map<String, Object> tokens) throws Exception {
        return rp.send(rp.request("/userinfo").header("Authorization", "Bearer " + token(tokens, "access_token")))
                .statusCode();
    }

    private static Map<String, String> shop() {
        return Map.of("client_id", "shop", "client_secret", SECRET);
    }

    private static String token(Map<String, Object> tokens, String name) {
        return String.valueOf(tokens.get(name));
    }

    private static String error(HttpResponse<String> response) {
        return String.valueOf(json(response.body()).get("error"));
    }
}
