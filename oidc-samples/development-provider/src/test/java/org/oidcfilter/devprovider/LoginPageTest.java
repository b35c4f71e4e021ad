// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.answer;
import static org.oidcfilter.devprovider.RelyingParty.authenticationRequest;
import static org.oidcfilter.devprovider.RelyingParty.tokenRequest;
import static org.oidcfilter.devprovider.RelyingParty.with;

import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPageTest {
    private final DevelopmentProvider op = DevelopmentProvider.builder()
            .client(SHOP)
            .user(User.named("alice")
                    .name("Alice Adams")
                    .email("alice@example.test")
                    .roles("user", "admin"))
            .user(User.named("o'<b>bob</b>\"")
                    .name("Bob <script>alert(1)</script>")
                    .roles("<i>", "&amp"))
            .start();
    private final RelyingParty rp = new RelyingParty(op);

    @AfterEach
    void close() {
        op.close();
    }

    @Test
    void offersEveryUserWithNameAndRoles() throws Exception {
        String page = page(authenticationRequest());
        assertTrue(page.contains("name=\"user\" value=\"alice\">"), page);
        assertTrue(page.contains("<b>Alice Adams</b>"), page);
        assertTrue(page.contains("<small>alice · alice@example.test</small>"), page);
        assertTrue(page.contains("<small>Roles: user, admin</small>"), page);
        assertTrue(page.contains("No password is needed"), page);
    }

    @Test
    void escapesWhatUsersAreCalled() throws Exception {
        String page = page(authenticationRequest());
        assertTrue(page.contains("value=\"o&#39;&lt;b&gt;bob&lt;/b&gt;&quot;\""), page);
        assertTrue(page.contains("<b>Bob &lt;script&gt;alert(1)&lt;/script&gt;</b>"), page);
        assertTrue(page.contains("Roles: &lt;i&gt;, &amp;amp"), page);
        assertFalse(page.contains("<script"), page);
    }

    @Test
    void escapesWhatTheRequestSays() throws Exception {
        String page = page(with(authenticationRequest(), "scope", "openid <script>"));
        assertTrue(page.contains("openid, &lt;script&gt;"), page);
    }

    @Test
    void choosingAUserLogsInAsThatUser() throws Exception {
        String handle = handle(authenticationRequest());
        Map<String, String> answer = answer(choose(handle, "alice"));
        assertEquals("state & more", answer.get("state"));
        assertEquals(
                200,
                rp.post("/token", tokenRequest(answer.getOrDefault("code", ""))).statusCode());
        assertEquals("alice", op.sessions().get(0).username());
    }

    @Test
    void denyingAnswersAccessDenied() throws Exception {
        String handle = handle(authenticationRequest());
        Map<String, String> answer = answer(rp.post("/login", Map.of("request", handle, "deny", "true")));
        assertEquals("access_denied", answer.get("error"));
        assertEquals("state & more", answer.get("state"));
        assertTrue(op.sessions().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "alice@example.test"})
    void loginHintPreselectsAUserByNameOrAddress(String hint) throws Exception {
        String page = page(with(authenticationRequest(), "login_hint", hint));
        assertTrue(page.contains("<button class=\"choice suggested\" name=\"user\" value=\"alice\" autofocus>"), page);
        assertEquals(page.indexOf("autofocus"), page.lastIndexOf("autofocus"), "one button only");
    }

    @Test
    void aPageCanBeAnsweredOnce() throws Exception {
        String handle = handle(authenticationRequest());
        choose(handle, "alice");
        HttpResponse<String> again = choose(handle, "alice");
        assertEquals(400, again.statusCode());
        assertTrue(again.body().contains("Already answered"), again.body());
    }

    @Test
    void refusesAUserWhoIsNotConfigured() throws Exception {
        assertEquals(400, choose(handle(authenticationRequest()), "mallory").statusCode());
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Origin, http://localhost:1", "Origin, null"
    })
    void refusesAFormThatAnotherOriginSends(String header, String value) throws Exception {
        Map<String, String> form = Map.of("request", handle(authenticationRequest()), "user", "alice");
        assertEquals(403, rp.post("/login", form, header, value).statusCode());
        assertTrue(op.sessions().isEmpty());
    }

    @Test
    void acceptsTheFormOfItsOwnPage() throws Exception {
        Map<String, String> form = Map.of("request", handle(authenticationRequest()), "user", "alice");
        HttpResponse<String> response = rp.post("/login", form, "Origin", op.issuer(), "Sec-Fetch-Site", "same-origin");
        assertEquals(303, response.statusCode());
    }

    @Test
    void policyAllowsTheInlineStyleByItsHashAndNothingElse() throws Exception {
        HttpResponse<String> page = rp.authorize(authenticationRequest());
        String policy = policy(page);
        assertTrue(policy.startsWith("default-src 'none';"), policy);
        assertTrue(policy.contains("style-src '" + hash(Html.element(page.body(), "style")) + "'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("form-action"), "it would forbid the redirect to the client");
    }

    @Test
    void policyOfTheFormPostPageAllowsItsOneScript() throws Exception {
        String handle = handle(with(authenticationRequest(), "response_mode", "form_post"));
        HttpResponse<String> page = choose(handle, "alice");
        String policy = policy(page);
        assertTrue(policy.contains("script-src '" + hash(Html.element(page.body(), "script")) + "'"), policy);
        assertFalse(policy.contains("form-action"), "it would forbid the post to the client");
    }

    private String page(Map<String, String> request) throws Exception {
        HttpResponse<String> response = rp.authorize(request);
        assertEquals(200, response.statusCode());
        return response.body();
    }

    private String handle(Map<String, String> request) throws Exception {
        return Html.hiddenField(page(request), "request");
    }

    private HttpResponse<String> choose(String handle, String user) throws Exception {
        return rp.post("/login", Map.of("request", handle, "user", user));
    }

    private static String policy(HttpResponse<String> page) {
        return page.headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    private static String hash(String inline) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
