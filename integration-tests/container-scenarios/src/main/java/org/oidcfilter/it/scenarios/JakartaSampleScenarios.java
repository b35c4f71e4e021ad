// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.LogoutDelivery;
import org.oidcfilter.devprovider.User;

/** The sample application of Jakarta EE, as its build leaves it; only the operator's settings are added. */
public interface JakartaSampleScenarios extends ProtectedApplication {
    /** How long something that has to happen may take. */
    Duration PATIENCE = Duration.ofSeconds(30);

    /** The sample for this container: the one with libraries where the container lacks them (see {@link TestWar}). */
    static WebArchive war(DevelopmentProvider provider) {
        String name =
                System.getProperty("cdi-lib") == null ? "oidc-sample-jakarta.war" : "oidc-sample-jakarta-servlet.war";
        File built = new File(Objects.requireNonNull(System.getProperty("web-inf-lib")), "../samples/" + name);
        String settings = "shop.provider=%s\nshop.client-id=%s\nshop.client-secret=%s\n"
                .formatted(provider.issuer(), CLIENT_ID, CLIENT_SECRET);
        return ShrinkWrap.createFromZipFile(WebArchive.class, built)
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties");
    }

    /** Anybody, a clerk, an administrator, and somebody who is nothing of these; with refresh tokens. */
    static DevelopmentProvider startProvider() {
        return DevelopmentProvider.builder()
                .alwaysIssueRefreshTokens()
                .user(User.named("alice").roles("user", "admin"))
                .user(User.named("bob").roles("user").email("bob@example.test"))
                .user(User.named("clara").roles("user", "clerk"))
                .user(User.named("carol"))
                .start();
    }

    @Override
    @BeforeEach
    default void register() {
        provider()
                .register(Client.confidential(CLIENT_ID, CLIENT_SECRET)
                        .redirectUri(at("Callback").toString())
                        .postLogoutRedirectUri(at("index.html").toString())
                        .backchannelLogoutUri(at("oidc/backchannel-logout").toString()));
        provider().forgetRequests();
    }

    @AfterEach
    default void honest() {
        provider().honest();
    }

    @Test
    default void theStartPageIsPublicAndItsScriptLearnsWhereToLogIn() {
        Browser bob = new Browser();
        assertTrue(bob.open(at("")).body().contains("shop.js"));
        Page refusal = call(bob, "GET", "api/orders");
        assertEquals(401, refusal.status());

        provider().loginAs("bob");
        Page start = bob.open(loginOf(refusal));
        assertEquals(at(""), start.uri());
        assertEquals(200, call(bob, "GET", "api/orders").status());
    }

    @Test
    default void aPersonComesBackToThePageByWayOfTheCallbackServlet() {
        Browser bob = new Browser();
        provider().loginAs("bob");
        Page challenge = bob.visit(at("api/me?a=1"));
        assertLeadsTo("/authorize", challenge);
        Page page = bob.followAll(challenge);
        assertEquals(at("api/me?a=1"), page.uri());
        assertTrue(page.visit().chain().contains(at("Callback")), page.visit()::toString);
    }

    @Test
    default void theContextIsThatOfTheCaller() {
        Page me = call(loggedIn("bob"), "GET", "api/me");
        assertTrue(me.body().contains("\"subject\":\"bob\""), me::body);
        assertTrue(me.body().contains("\"email\":\"bob@example.test\""), me::body);
        assertTrue(me.body().contains("\"tokenExpiresIn\":300"), me::body);
    }

    @Test
    default void rolesDecideWhoMayListPlaceAndCancel() {
        Browser clara = loggedIn("clara");
        Browser alice = loggedIn("alice");
        assertEquals(403, call(loggedIn("carol"), "GET", "api/orders").status());
        assertEquals(403, place(loggedIn("bob"), "tea").status());

        assertEquals(204, place(clara, "tea & milk").status());
        String order =
                only("\"id\":\"([^\"]+)\"", call(clara, "GET", "api/orders").body());
        String orders = call(loggedIn("bob"), "GET", "api/orders").body();
        assertTrue(orders.contains("\"item\":\"tea & milk\""), orders);
        assertTrue(orders.contains("\"by\":\"clara\""), orders);

        assertEquals(403, call(clara, "DELETE", "api/orders/" + order).status());
        assertEquals(204, call(alice, "DELETE", "api/orders/" + order).status());
        assertEquals("[]", call(clara, "GET", "api/orders").body());
    }

    @Test
    default void whoLoggedInLongAgoHasToDoSoAgainToCancel() {
        provider()
                .idTokens((header, claims) ->
                        claims.put("auth_time", Instant.now().minusSeconds(3600).getEpochSecond()));
        Browser alice = loggedIn("alice");
        provider().honest();
        Page refusal = call(alice, "DELETE", "api/orders/unknown");
        assertEquals(401, refusal.status());
        assertTrue(refusal.body().contains("\"max_age\":300"), refusal::body);

        assertEquals(at(""), alice.open(loginOf(refusal)).uri());
        assertEquals(204, call(alice, "DELETE", "api/orders/unknown").status());
    }

    @Test
    default void theTokensAreRenewed() {
        provider()
                .answer(Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> json.put("expires_in", 1)));
        Browser bob = loggedIn("bob");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!hasRenewedTokens()) {
            assertEquals(200, call(bob, "GET", "api/me").status());
            assertTrue(System.nanoTime() < deadline, "in vain");
        }
        assertEquals(200, call(bob, "GET", "api/me").status());
    }

    @Test
    default void whoSignsOutIsLoggedOutAtTheProviderTooAndComesBackToTheStartPage() {
        provider().endSession("bob");
        Browser bob = loggedIn("bob");
        assertEquals(1, sessionsOf("bob"));
        Page farewell = bob.submit(bob.open(at("")));
        assertLeadsTo("/end-session", farewell);
        assertEquals(at("index.html"), bob.followAll(farewell).uri());
        assertEquals(401, call(bob, "GET", "api/me").status());
        assertEquals(0, sessionsOf("bob"));
    }

    @Test
    default void whomTheProviderLogsOutIsLoggedOutHere() {
        Browser bob = loggedIn("bob");
        List<LogoutDelivery> deliveries = provider().endSession("bob");
        assertFalse(deliveries.isEmpty());
        deliveries.forEach(delivery -> assertEquals(OptionalInt.of(200), delivery.status()));
        assertEquals(401, call(bob, "GET", "api/me").status());
    }

    @Override
    default Browser loggedIn(String user) {
        Browser browser = new Browser();
        provider().loginAs(user);
        assertEquals(200, browser.open(at("api/me")).status());
        return browser;
    }

    private long sessionsOf(String user) {
        return provider().sessions().stream()
                .filter(session -> session.username().equals(user))
                .count();
    }

    private boolean hasRenewedTokens() {
        return provider().requests("/token").stream()
                .anyMatch(request -> request.form("grant_type").equals(Optional.of("refresh_token")));
    }

    private Page place(Browser browser, String item) {
        return browser.send(
                at("api/orders"),
                HttpRequest.newBuilder()
                        .POST(BodyPublishers.ofString("item=" + URLEncoder.encode(item, StandardCharsets.UTF_8)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Mode", "cors"));
    }

    private Page call(Browser browser, String method, String path) {
        return browser.send(
                at(path),
                HttpRequest.newBuilder()
                        .method(method, BodyPublishers.noBody())
                        .header("Accept", "*/*")
                        .header("Sec-Fetch-Mode", "cors"));
    }

    /** The link that the script of the start page offers. */
    private URI loginOf(Page refusal) {
        URI login = refusal.uri().resolve(only("\"login_url\":\"([^\"]+)\"", refusal.body()));
        String separator = login.getRawQuery() == null ? "?" : "&";
        return URI.create(login + separator + "return_to=" + at("").getPath());
    }

    private static String only(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }
}
