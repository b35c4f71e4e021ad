// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.Json;

/** Logout tokens that are none, sent by whoever likes to. */
class LogoutTokenAttacksTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    private final Application application = Application.standard();
    private final PlainBrowser browser = application.browser();
    private final LogRecorder log = new LogRecorder();

    @BeforeEach
    void logIn() throws Exception {
        browser.logIn("/page");
        application.clock.advance(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        log.close();
        application.close();
    }

    @Test
    @Tag("LO-10")
    void refusesATokenThatNobodySigned() throws Exception {
        for (var header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"None\",\"typ\":\"logout+jwt\"}", "{}")) {
            var payload = base64Url(Json.write(claims(changed -> {})));
            refuses(Reason.TOKEN_ALGORITHM, base64Url(header) + "." + payload + ".AA");
            refuses(Reason.TOKEN_ALGORITHM, base64Url(header) + "." + payload + ".");
        }
        var honest = sign(changed -> {});
        refuses(Reason.TOKEN_SIGNATURE, honest.substring(0, honest.length() - 6) + "AAAAAA");
    }

    @Test
    @Tag("LO-11")
    void refusesATokenThatIsSignedWithTheClientSecretOrByAnAlgorithmThatIsNotAllowed() throws Exception {
        var input = base64Url("{\"alg\":\"HS256\"}") + "." + base64Url(Json.write(claims(changed -> {})));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Application.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
        refuses(
                Reason.TOKEN_ALGORITHM,
                input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
        try (var pinned = Application.with(Map.of("oidc.id-token-algorithms", "RS256"))) {
            pinned.provider.signWith("RS512");
            var claims = claims(changed -> changed.put("iss", pinned.provider.issuer()));
            var token = pinned.provider.sign(Map.of("typ", "logout+jwt"), claims);
            assertEquals(400, pinned.browser().reply(request(token)).status());
            log.awaitLine("token_algorithm");
        }
    }

    @Test
    @Tag("LO-12")
    void refusesATokenOfAnotherIssuerOrForAnotherClient() throws Exception {
        for (var issuer : List.of("https://evil.example", application.provider.issuer() + "/", "")) {
            refuses(Reason.TOKEN_ISSUER, sign(claims -> claims.put("iss", issuer)));
        }
        for (var audience :
                Arrays.<Object>asList("c2", List.of("c2"), List.of(), List.of(Application.CLIENT, "c2"), "SHOP")) {
            refuses(Reason.TOKEN_AUDIENCE, sign(claims -> claims.put("aud", audience)));
        }
    }

    @Test
    @Tag("LO-13")
    void refusesATokenWithANonce() throws Exception {
        for (var nonce : Arrays.<Object>asList("n", "", 5, List.of())) {
            refuses(Reason.LOGOUT_TOKEN_NONCE, sign(claims -> claims.put("nonce", nonce)));
        }
    }

    @Test
    @Tag("LO-14")
    void refusesATokenThatDoesNotSayThatItIsALogout() throws Exception {
        refuses(Reason.LOGOUT_TOKEN_EVENT, sign(claims -> claims.remove("events")));
        for (var events : Arrays.<Object>asList(
                Map.of(),
                Map.of("http://schemas.openid.net/event/other", Map.of()),
                Map.of(EVENT, "x"),
                Map.of(EVENT, List.of()),
                Map.of(EVENT, true),
                EVENT,
                List.of(EVENT),
                Map.of(EVENT + "/", Map.of()))) {
            refuses(Reason.LOGOUT_TOKEN_EVENT, sign(claims -> claims.put("events", events)));
        }
    }

    @Test
    @Tag("LO-15")
    void refusesATokenAboutNobody() throws Exception {
        refuses(Reason.LOGOUT_TOKEN_TARGET, sign(claims -> claims.remove("sub")));
        refuses(Reason.TOKEN_SUBJECT, sign(claims -> claims.put("sub", "")));
        refuses(Reason.TOKEN_SID, sign(claims -> claims.put("sid", "")));
        refuses(Reason.TOKEN_SID, sign(claims -> claims.put("sid", " ")));
        refuses(Reason.TOKEN_SUBJECT, sign(claims -> claims.put("sub", List.of("alice"))));
    }

    @Test
    @Tag("LO-16")
    void refusesATokenOfAnotherTime() throws Exception {
        var now = application.clock.instant().getEpochSecond();
        refuses(Reason.TOKEN_ISSUED_AT, sign(claims -> claims.remove("iat")));
        refuses(Reason.TOKEN_ISSUED_AT, sign(claims -> claims.put("iat", now + 3600)));
        refuses(Reason.TOKEN_ISSUED_AT, sign(claims -> claims.putAll(Map.of("iat", now - 86400, "exp", now + 120))));
        refuses(Reason.TOKEN_EXPIRED, sign(claims -> claims.put("exp", now - 31)));
        refuses(Reason.TOKEN_EXPIRED, sign(claims -> claims.remove("exp")));
    }

    @Test
    @Tag("LO-17")
    void refusesATokenWithoutANameAndOneThatComesAgain() throws Exception {
        refuses(Reason.LOGOUT_TOKEN_JTI, sign(claims -> claims.remove("jti")));
        refuses(Reason.LOGOUT_TOKEN_JTI, sign(claims -> claims.put("jti", " ")));
        var token = sign(claims -> claims.put("sub", "bob"));
        assertEquals(200, browser.reply(request(token)).status());
        refuses(Reason.LOGOUT_TOKEN_REPLAYED, token);
    }

    @Test
    @Tag("LO-18")
    void refusesAnIdTokenInPlaceOfALogoutToken() throws Exception {
        var idToken = browser.session.stored.orElseThrow().tokens().idToken().reveal();
        refuses(Reason.LOGOUT_TOKEN_EVENT, idToken);
    }

    @Test
    @Tag("LO-19")
    void takesOneTokenInOneFormAndNothingElse() throws Exception {
        var token = sign(changed -> {});
        var byGet = browser.reply(PlainRequest.get("/oidc/backchannel-logout?logout_token=" + token));
        assertEquals(405, byGet.status());
        assertEquals("POST", byGet.headers().get("Allow"));
        for (var body : List.of(
                "",
                "logout_token=",
                "token=" + token,
                "logout_token=" + token + "&logout_token=" + token,
                "{\"logout_token\":\"" + token + "\"}")) {
            assertRefused(browser.reply(PlainRequest.post("/oidc/backchannel-logout", body)));
        }
        var inTheQuery = PlainRequest.post("/oidc/backchannel-logout?logout_token=" + token, "a=b");
        assertRefused(browser.reply(inTheQuery));
        assertStillLoggedIn();
    }

    @Test
    @Tag("LO-20")
    void refusesAHugeTokenUnread() throws Exception {
        application.calls.set(0);
        assertRefused(browser.reply(request("x".repeat(2 * 1024 * 1024))));
        assertEquals(0, application.calls.get());
        assertStillLoggedIn();
    }

    @Test
    @Tag("LO-21")
    void aFloodOfMadeUpKeysCausesFewFetchesAndDisturbsNobody() throws Exception {
        application.calls.set(0);
        for (var i = 0; i < 300; i++) {
            var header = "{\"alg\":\"RS256\",\"kid\":\"made-up-" + i + "\"}";
            var token = base64Url(header) + "." + base64Url(Json.write(claims(changed -> {}))) + "." + "A".repeat(342);
            assertRefused(browser.reply(request(token)));
        }
        assertTrue(application.calls.get() <= 5, () -> application.calls.get() + " fetches");
        application.provider.rotateKeys();
        var other = application.browser();
        other.logIn("/page");
        assertTrue(other.proceed(PAGE).caller().isPresent(), "logins have fetches of their own");
        assertStillLoggedIn();
    }

    @Test
    @Tag("LO-33")
    void noOtherAddressEndsSessions() throws Exception {
        for (var path :
                List.of("/k_logout", "/oidc/k_logout", "/oidc/admin", "/oidc/backchannel-logout/", "/oidc/revoke")) {
            var stranger = application.browser();
            var outcome = stranger.reply(PlainRequest.post(path, "logout_token=" + sign(changed -> {})));
            assertEquals(303, outcome.status(), path);
        }
        assertStillLoggedIn();
    }

    private void refuses(Reason reason, String token) throws Exception {
        var before = log.lines().size();
        assertRefused(browser.reply(request(token)));
        var lines = log.lines().stream().skip(before).toList(); // keys may have been fetched meanwhile
        assertTrue(lines.stream().anyMatch(line -> line.contains(" " + reason.code() + ": ")), lines::toString);
        assertEquals(
                0,
                application.endedHere.stream()
                        .filter(mark -> mark.ends(browser.session.stored.orElseThrow()))
                        .count());
        assertStillLoggedIn();
    }

    private void assertStillLoggedIn() throws Exception {
        assertTrue(browser.proceed(PAGE).caller().isPresent());
    }

    private static void assertRefused(Reply reply) {
        assertEquals(400, reply.status());
        assertEquals("no-store", reply.headers().get("Cache-Control"));
        var body = Json.parse(reply.body());
        assertEquals("invalid_request", body.get("error"));
        assertEquals(2, body.size(), "the reason is in the log only");
        assertFalse(reply.headers().containsKey("Location"));
    }

    private static PlainRequest request(String token) {
        return PlainRequest.post("/oidc/backchannel-logout", new Form(Map.of("logout_token", token)).encode());
    }

    private String sign(Consumer<Map<String, Object>> change) {
        return application.provider.sign(Map.of("typ", "logout+jwt"), claims(change));
    }

    private Map<String, Object> claims(Consumer<Map<String, Object>> change) {
        var now = application.clock.instant().getEpochSecond();
        var claims = new HashMap<String, Object>(Map.of(
                "iss",
                application.provider.issuer(),
                "aud",
                Application.CLIENT,
                "iat",
                now,
                "exp",
                now + 120,
                "jti",
                "jti-" + System.nanoTime(),
                "events",
                Map.of(EVENT, Map.of()),
                "sub",
                "alice"));
        change.accept(claims);
        return claims;
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
