// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.devprovider.RelyingParty.REDIRECT_URI;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.answer;
import static org.oidcfilter.devprovider.RelyingParty.authenticationRequest;
import static org.oidcfilter.devprovider.RelyingParty.with;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationEndpointTest {
    private final DevelopmentProvider op = DevelopmentProvider.builder()
            .client(SHOP)
            .user(User.named("alice"))
            .user(User.named("bob"))
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
    void showsAnErrorPageForAnUnknownClient() throws Exception {
        assertErrorPage(rp.authorize(with(authenticationRequest(), "client_id", "nobody")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080/oidc/callback/", "http://127.0.0.1:8080/oidc/callback?x=1", "", "\n"})
    void neverRedirectsToAnUnregisteredRedirectUri(String uri) throws Exception {
        assertErrorPage(rp.authorize(with(authenticationRequest(), "redirect_uri", uri)));
    }

    @Test
    void neverRedirectsWithoutRedirectUri() throws Exception {
        assertErrorPage(rp.authorize(with(authenticationRequest(), "redirect_uri", null)));
    }

    @ParameterizedTest
    @CsvSource({
        "response_type, token, unsupported_response_type",
        "response_mode, fragment, invalid_request",
        "scope, profile, invalid_scope",
        "code_challenge_method, plain, invalid_request",
        "code_challenge_method, , invalid_request",
        "code_challenge, , invalid_request",
        "code_challenge, too-short, invalid_request",
        "max_age, soon, invalid_request",
        "max_age, -1, invalid_request",
        "prompt, none login, invalid_request",
        "request, e30.e30., request_not_supported",
        "request_uri, https://example.test/, request_uri_not_supported",
        "registration, {}, registration_not_supported",
    })
    void sendsTheErrorToTheClientWhenAParameterIsWrong(String name, String value, String error) throws Exception {
        Map<String, String> answer = answer(rp.authorize(with(authenticationRequest(), name, value)));
        assertEquals(error, answer.get("error"));
        assertEquals("state & more", answer.get("state"));
        assertEquals(op.issuer(), answer.get("iss"));
        assertFalse(answer.containsKey("code"));
    }

    @Test
    void refusesARepeatedParameter() throws Exception {
        String query = Form.write(authenticationRequest()) + "&nonce=another";
        assertEquals(
                "invalid_request",
                answer(rp.send(rp.request("/authorize?" + query))).get("error"));
    }

    @Test
    void sendsErrorsByFormPostToo() throws Exception {
        var request = with(with(authenticationRequest(), "scope", "profile"), "response_mode", "form_post");
        assertEquals("invalid_scope", Html.hiddenField(rp.authorize(request).body(), "error"));
    }

    @Test
    void takesTheRequestByPostAsWell() throws Exception {
        assertTrue(answer(rp.post("/authorize", authenticationRequest())).containsKey("code"));
    }

    @Test
    void silentLoginNeedsASession() throws Exception {
        var silent = with(authenticationRequest(), "prompt", "none");
        assertEquals("login_required", answer(rp.authorize(silent)).get("error"));
        rp.code();
        assertTrue(answer(rp.authorize(silent)).containsKey("code"));
    }

    @Test
    void silentLoginIsRefusedWhenTheHintIsAboutSomebodyElse() throws Exception {
        String idToken = String.valueOf(rp.logIn().get("id_token"));
        var silent = with(with(authenticationRequest(), "prompt", "none"), "id_token_hint", idToken);
        assertTrue(answer(rp.authorize(silent)).containsKey("code"));
        op.loginAs("bob");
        rp.code();
        op.showLoginPage();
        assertEquals("login_required", answer(rp.authorize(silent)).get("error"));
    }

    @Test
    void aSecondLoginInTheSameBrowserNeedsNoPage() throws Exception {
        rp.code();
        op.showLoginPage();
        assertTrue(answer(rp.authorize(authenticationRequest())).containsKey("code"));
        assertEquals(1, op.sessions().size());
    }

    @ParameterizedTest
    @CsvSource({"prompt, login", "prompt, select_account", "max_age, 0"})
    void asksAgainWhenTheClientWantsAFreshLogin(String name, String value) throws Exception {
        rp.code();
        op.showLoginPage();
        HttpResponse<String> page = rp.authorize(with(authenticationRequest(), name, value));
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("Choose who to be"), page.body());
    }

    @Test
    void theSameUserKeepsTheSessionAndAnotherUserGetsAnother() throws Exception {
        rp.code();
        String first = op.sessions().get(0).sid();
        rp.code(with(authenticationRequest(), "prompt", "login"));
        assertEquals(first, op.sessions().get(0).sid());
        op.loginAs("bob");
        rp.code();
        assertEquals("bob", op.sessions().get(0).username());
        assertFalse(first.equals(op.sessions().get(0).sid()), "another session");
    }

    @Test
    void sessionCookieIsHiddenFromScriptsAndOtherSites() throws Exception {
        String cookie = rp.authorize(authenticationRequest())
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Lax"), cookie);
    }

    @Test
    void refusesOtherMethods() throws Exception {
        HttpResponse<String> response = rp.send(rp.request("/authorize").DELETE());
        assertEquals(405, response.statusCode());
        assertEquals("GET, POST", response.headers().firstValue("Allow").orElseThrow());
    }

    private static void assertErrorPage(HttpResponse<String> response) {
        assertEquals(400, response.statusCode());
        assertTrue(response.headers().firstValue("Location").isEmpty(), "no redirect");
        assertFalse(response.body().contains("action=\"" + REDIRECT_URI), response.body());
    }
}
