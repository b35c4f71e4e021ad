// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.devprovider.RelyingParty.LOGGED_OUT_URI;
import static org.oidcfilter.devprovider.RelyingParty.REDIRECT_URI;
import static org.oidcfilter.devprovider.RelyingParty.SHOP;
import static org.oidcfilter.devprovider.RelyingParty.answer;
import static org.oidcfilter.devprovider.RelyingParty.authenticationRequest;
import static org.oidcfilter.devprovider.RelyingParty.header;
import static org.oidcfilter.devprovider.RelyingParty.payload;
import static org.oidcfilter.devprovider.RelyingParty.with;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutTest {
    private final Sink sink = new Sink();
    private final DevelopmentProvider op = DevelopmentProvider.builder()
            .client(SHOP.backchannelLogoutUri(sink.uri("/shop")))
            .client(Client.open("spa").redirectUri(REDIRECT_URI))
            .user(User.named("alice").subject("a-1"))
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
        sink.close();
    }

    @Test
    void hintOfTheSessionLogsOutAtOnceAndReturnsWithState() throws Exception {
        HttpResponse<String> response = rp.get("/end-session", logoutRequest(idToken()));
        assertTrue(response.headers().firstValue("Location").orElseThrow().startsWith(LOGGED_OUT_URI));
        assertEquals(Map.of("state", "bye"), answer(response));
        assertTrue(op.sessions().isEmpty());
    }

    @Test
    void takesTheRequestByPostAsWell() throws Exception {
        assertEquals(303, rp.post("/end-session", logoutRequest(idToken())).statusCode());
        assertTrue(op.sessions().isEmpty());
    }

    @Test
    void hintAloneIsEnoughWhereTheBrowserHasNoCookie() throws Exception {
        String idToken = idToken();
        assertEquals(
                303,
                new RelyingParty(op).get("/end-session", logoutRequest(idToken)).statusCode());
        assertTrue(op.sessions().isEmpty());
    }

    @Test
    void withoutHintTheUserIsAskedFirst() throws Exception {
        idToken();
        var request = with(with(logoutRequest(""), "id_token_hint", null), "client_id", "shop");
        HttpResponse<String> page = rp.get("/end-session", request);
        assertEquals(200, page.statusCode());
        assertEquals(1, op.sessions().size());
        Map<String, String> form = Map.of("request", Html.hiddenField(page.body(), "request"));
        assertEquals(
                403,
                rp.post("/end-session/confirm", form, "Sec-Fetch-Site", "cross-site")
                        .statusCode());
        assertEquals(Map.of("state", "bye"), answer(rp.post("/end-session/confirm", form)));
        assertTrue(op.sessions().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "bob"})
    void aHintThatIsNotOfThisSessionLeavesTheDecisionToTheUser(String hint) throws Exception {
        op.loginAs("bob");
        String ofBob = String.valueOf(new RelyingParty(op).logIn().get("id_token"));
        op.loginAs("alice");
        idToken();
        HttpResponse<String> page = rp.get("/end-session", Map.of("id_token_hint", hint.equals("bob") ? ofBob : hint));
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("Log out?"), page.body());
        rp.post("/end-session/confirm", Map.of("request", Html.hiddenField(page.body(), "request")));
        assertEquals(
                List.of("bob"), op.sessions().stream().map(Session::username).toList());
    }

    @Test
    void staysOnItsOwnPageWithoutReturnAddress() throws Exception {
        HttpResponse<String> page = rp.get("/end-session", Map.of("id_token_hint", idToken()));
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("You are logged out"), page.body());
    }

    @Test
    void neverReturnsToAnUnregisteredAddress() throws Exception {
        String idToken = idToken();
        assertNotDone(rp.get("/end-session", with(logoutRequest(idToken), "post_logout_redirect_uri", REDIRECT_URI)));
        assertNotDone(rp.get("/end-session", with(logoutRequest(idToken), "id_token_hint", null)));
        assertNotDone(rp.get("/end-session", with(logoutRequest(idToken), "client_id", "spa")));
    }

    @Test
    void aLoginAfterTheLogoutHasAnotherSession() throws Exception {
        String before = idToken();
        rp.get("/end-session", logoutRequest(before));
        assertNotEquals(payload(before).get("sid"), payload(idToken()).get("sid"));
    }

    @Test
    void clientsOfTheSessionReceiveALogoutToken() throws Exception {
        String idToken = idToken();
        List<LogoutDelivery> deliveries = op.endSession("alice");
        assertEquals(List.of(new LogoutDelivery("shop", OptionalInt.of(200))), deliveries);
        Request received = sink.requests().get(0);
        assertEquals("/shop", received.path());
        String logoutToken = received.form("logout_token").orElseThrow();
        assertEquals("logout+jwt", header(logoutToken).get("typ"));
        Map<String, Object> claims = payload(logoutToken);
        assertEquals(op.issuer(), claims.get("iss"));
        assertEquals("shop", claims.get("aud"));
        assertEquals("a-1", claims.get("sub"));
        assertEquals(payload(idToken).get("sid"), claims.get("sid"));
        assertEquals(Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()), claims.get("events"));
        assertTrue(claims.keySet().containsAll(List.of("iat", "exp", "jti")), claims.toString());
        assertFalse(claims.containsKey("nonce"), "a logout token must not have one");
    }

    @Test
    void logoutTokensCanBeChangedBeforeTheyAreSigned() throws Exception {
        idToken();
        op.logoutTokens((header, claims) -> {
            header.put("typ", "JWT");
            claims.remove("sid");
        });
        op.endSession("alice");
        op.logoutTokens(null);
        idToken();
        op.endSession("alice");
        String spoiled = sink.requests().get(0).form("logout_token").orElseThrow();
        assertEquals("JWT", header(spoiled).get("typ"));
        assertFalse(payload(spoiled).containsKey("sid"));
        String honest = sink.requests().get(1).form("logout_token").orElseThrow();
        assertTrue(payload(honest).containsKey("sid"));
    }

    @Test
    void honestEndsTheLieAboutLogoutTokens() throws Exception {
        op.logoutTokens((header, claims) -> claims.clear());
        op.honest();
        idToken();
        op.endSession("alice");
        assertEquals(
                "shop",
                payload(sink.requests().get(0).form("logout_token").orElseThrow())
                        .get("aud"));
    }

    @Test
    void logoutTokenCanBeHadWithoutEndingOrSendingAnything() throws Exception {
        idToken();
        op.logoutTokens((header, claims) -> claims.clear());
        String token = op.issueLogoutToken(Map.of("aud", "shop", "sub", "a-1", "iat", 1));
        assertEquals("logout+jwt", header(token).get("typ"));
        assertEquals(
                Set.of("iss", "iat", "exp", "jti", "events", "aud", "sub"),
                payload(token).keySet());
        assertEquals(1L, payload(token).get("iat"));
        assertEquals(1, op.sessions().size());
        assertTrue(sink.requests().isEmpty());
    }

    @Test
    void oneOfAUsersSessionsCanBeEnded() throws Exception {
        Object sid = payload(idToken()).get("sid");
        String other = String.valueOf(new RelyingParty(op).logIn().get("id_token"));
        Session session = op.sessions().stream()
                .filter(candidate -> candidate.sid().equals(sid))
                .findFirst()
                .orElseThrow();
        assertEquals(1, op.endSession(session).size());
        assertEquals(
                List.of(payload(other).get("sid")),
                op.sessions().stream().map(Session::sid).toList());
    }

    @Test
    void logoutInTheBrowserTellsTheClientsToo() throws Exception {
        rp.get("/end-session", logoutRequest(idToken()));
        assertEquals(1, sink.requests().size());
    }

    @Test
    void clientsThatTookNoPartAreNotTold() throws Exception {
        rp.code(with(authenticationRequest(), "client_id", "spa"));
        assertTrue(op.endSession("alice").isEmpty());
        assertTrue(sink.requests().isEmpty());
    }

    @Test
    void saysWhichClientCouldNotBeTold() throws Exception {
        idToken();
        sink.close();
        assertEquals(List.of(new LogoutDelivery("shop", OptionalInt.empty())), op.endSession("alice"));
    }

    @Test
    void tokensEndWithTheSessionExceptOfflineOnes() throws Exception {
        String online = accessToken(authenticationRequest());
        String offline = accessToken(with(authenticationRequest(), "scope", "openid offline_access"));
        op.endSession("alice");
        assertEquals(401, userInfo(online));
        assertEquals(200, userInfo(offline));
    }

    private String accessToken(Map<String, String> request) throws Exception {
        return String.valueOf(rp.logIn(request).get("access_token"));
    }

    private int userInfo(String accessToken) throws Exception {
        return rp.send(rp.request("/userinfo").header("Authorization", "Bearer " + accessToken))
                .statusCode();
    }

    private String idToken() throws Exception {
        return String.valueOf(rp.logIn().get("id_token"));
    }

    private static Map<String, String> logoutRequest(String idToken) {
        return Map.of("id_token_hint", idToken, "post_logout_redirect_uri", LOGGED_OUT_URI, "state", "bye");
    }

    private void assertNotDone(HttpResponse<String> response) {
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(1, op.sessions().size());
    }
}
