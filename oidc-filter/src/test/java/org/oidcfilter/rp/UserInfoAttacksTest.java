// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.SigningKey;

/** Group UI of docs/attacks.md: UserInfo is about somebody else, says too much, or does not come. */
@Timeout(120)
class UserInfoAttacksTest {
    private static final String USERINFO = Endpoint.USERINFO.path();

    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.with(Map.of("oidc.userinfo", "always"));
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    private static void answer(DevelopmentProvider provider, Reply reply) {
        provider.answer(Endpoint.USERINFO, (request, honest) -> reply);
    }

    private void answer(Reply reply) {
        answer(attack.application.provider, reply);
    }

    private void signed(String jwt) {
        answer(Reply.text(200, jwt).header("Content-Type", "application/jwt"));
    }

    private Map<String, Object> claims() {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", attack.application.provider.issuer());
        claims.put("aud", Application.CLIENT);
        claims.put("sub", "alice");
        claims.put("nickname", "forged-nickname");
        return claims;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bob", "Alice", "alice ", "alice\u0000", "аlice", ""}) // the last but one has a Cyrillic letter
    @Tag("UI-01")
    void refusesClaimsAboutSomebodyElse(String subject) throws Exception {
        attack.keepSecret("forged-nickname");
        attack.refusesLogin(
                Reason.USERINFO_SUBJECT,
                () -> answer(Reply.json(200, Map.of("sub", subject, "nickname", "forged-nickname"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sub\":null}", "{\"sub\":7}", "{\"sub\":[\"alice\"]}", "{\"Sub\":\"alice\"}"})
    @Tag("UI-02")
    void refusesClaimsAboutNobody(String body) throws Exception {
        attack.refusesLogin(Reason.USERINFO_INVALID, () -> answer(Reply.json(200, body)));
    }

    @ParameterizedTest
    @CsvSource({
        "aud, another, TOKEN_AUDIENCE",
        "iss, https://evil.test, TOKEN_ISSUER",
        "exp, 1, TOKEN_EXPIRED",
        "sub, bob, USERINFO_SUBJECT"
    })
    @Tag("UI-03")
    void refusesASignedAnswerForSomebodyElse(String claim, String value, Reason reason) throws Exception {
        var claims = claims();
        claims.put(claim, claim.equals("exp") ? Long.valueOf(value) : value);
        attack.refusesLogin(reason, () -> signed(attack.application.provider.sign(Map.of(), claims)));
    }

    @ParameterizedTest
    @CsvSource({"none, TOKEN_ALGORITHM", "NONE, TOKEN_ALGORITHM", "HS256, TOKEN_ALGORITHM"})
    @Tag("UI-03")
    void refusesAnAnswerThatIsNotSigned(String algorithm, Reason reason) throws Exception {
        attack.refusesLogin(reason, () -> signed(attack.application.provider.sign(Map.of("alg", algorithm), claims())));
    }

    @Test
    @Tag("UI-03")
    void refusesAnAnswerSignedWithAnotherKey() throws Exception {
        var kid = attack.application.provider.publicJwks().replaceAll("(?s).*\"kid\":\"(RS256-[^\"]+)\".*", "$1");
        var other = SigningKey.rsa(kid, 2048);
        var header = Json.write(Map.of("alg", "RS256", "kid", kid));
        attack.refusesLogin(Reason.TOKEN_SIGNATURE, () -> signed(other.sign(header, Json.write(claims()), "RS256")));
        attack.refusesLogin(
                Reason.TOKEN_KEY_UNKNOWN,
                () -> signed(other.sign("{\"alg\":\"RS256\",\"kid\":\"x\"}", Json.write(claims()), "RS256")));
    }

    @Test
    @Tag("UI-05")
    void neverReplacesAClaimOfTheIdToken() throws Exception {
        var forged = new HashMap<String, Object>();
        for (var name : List.of("iss", "aud", "nonce", "sid", "acr", "azp", "amr", "at_hash", "jti", "name")) {
            forged.put(name, "forged");
        }
        for (var name : List.of("exp", "iat", "nbf", "auth_time")) {
            forged.put(name, 4_102_444_800L);
        }
        forged.put("sub", "alice");
        forged.put("nickname", "Al");
        answer(Reply.json(200, forged));
        attack.completes(attack.callback());
        var caller = attack.browser.proceed(PlainRequest.get("/page")).caller().orElseThrow();
        var claims = caller.claims().asMap();
        assertEquals("Al", claims.get("nickname"), "what the ID token does not say");
        assertEquals("Alice Adams", claims.get("name"));
        assertEquals(attack.application.provider.issuer(), claims.get("iss"));
        claims.forEach((name, value) -> {
            assertTrue(!"forged".equals(value), name);
            assertTrue(!Long.valueOf(4_102_444_800L).equals(value), name);
        });
        var identity = attack.browser.session.stored.orElseThrow().identity();
        assertTrue(!identity.sid().orElse("").equals("forged"));
    }

    @Test
    @Tag("UI-06")
    void addsNoRolesToThoseOfTheIdToken() throws Exception {
        attack.application.loginAs("bob");
        answer(Reply.json(200, Map.of("sub", "bob", "roles", List.of("admin"))));
        attack.completes(attack.callback());
        assertEquals(1, attack.application.provider.requests(USERINFO).size());
        assertEquals(
                Set.of("user"),
                attack.browser.session.stored.orElseThrow().identity().roles());
        assertEquals(403, attack.browser.reply(PlainRequest.get("/admin/page")).status());
    }

    @Test
    @Tag("UI-06")
    void isNotAskedForRolesWhereOnlyTheIdTokenCounts() throws Exception {
        try (var strict = LoginAttack.with(Map.of("oidc.userinfo", "never", "oidc.roles-claim", "roles"))) {
            var provider = strict.application.provider;
            provider.idTokens((header, claims) -> claims.remove("roles"));
            answer(provider, Reply.json(200, Map.of("sub", "alice", "roles", List.of("admin"))));
            strict.completes(strict.callback());
            assertEquals(0, provider.requests(USERINFO).size());
            assertEquals(
                    403, strict.browser.reply(PlainRequest.get("/admin/page")).status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, application/json, PROVIDER_STATUS, 503",
        "403, application/json, PROVIDER_STATUS, 503",
        "500, application/json, PROVIDER_STATUS, 503",
        "204, application/json, PROVIDER_STATUS, 503",
        "200, text/html, PROVIDER_MEDIA_TYPE, 400",
        "200, application/json, PROVIDER_JSON, 400"
    })
    @Tag("UI-07")
    void isMissedWhereItIsRequiredButNotWhereItIsOptional(int status, String type, Reason reason, int expected)
            throws Exception {
        var bad = Reply.text(status, status == 204 ? "" : "<html>alice@example.test")
                .header("Content-Type", type);
        if (expected == 503) {
            attack.unavailableLogin(reason, () -> answer(bad));
        } else {
            attack.refusesLogin(reason, () -> answer(bad));
        }
        try (var relaxed = LoginAttack.standard()) {
            answer(relaxed.application.provider, bad);
            loginsWithTheClaimsOfTheIdTokenOnly(relaxed, reason);
        }
    }

    @Test
    @Tag("UI-07")
    void isWaitedForButNotForever() throws Exception {
        try (var server = RawServer.answering(RawServer::hang);
                var required = LoginAttack.with(Map.of("oidc.userinfo", "always", "oidc.provider-timeout", "1s"));
                var optional = LoginAttack.with(Map.of("oidc.provider-timeout", "1s"))) {
            required.unavailableLogin(
                    Reason.PROVIDER_UNREACHABLE,
                    () -> required.application.detours.put(USERINFO, server.uri("/userinfo")));
            optional.application.detours.put(USERINFO, server.uri("/userinfo"));
            loginsWithTheClaimsOfTheIdTokenOnly(optional, Reason.PROVIDER_UNREACHABLE);
        }
    }

    /** The name is missing in the ID token, which makes UserInfo worth asking, but not worth a failure. */
    private static void loginsWithTheClaimsOfTheIdTokenOnly(LoginAttack attack, Reason logged) throws Exception {
        attack.application.provider.idTokens((header, claims) -> claims.remove("preferred_username"));
        attack.completes(attack.callback());
        var identity = attack.browser.session.stored.orElseThrow().identity();
        assertEquals("alice", identity.name(), "the subject, for want of a name");
        assertEquals(Set.of("user", "admin"), identity.roles());
        assertTrue(attack.log.lines().stream()
                .anyMatch(line -> line.startsWith("no UserInfo") && line.contains(logged.code())));
    }

    /** Optional or not: claims about somebody else are an attack, not an outage. */
    @Test
    @Tag("UI-01")
    void refusesClaimsAboutSomebodyElseWhereTheyAreOptional() throws Exception {
        try (var relaxed = LoginAttack.standard()) {
            relaxed.refusesLogin(Reason.USERINFO_SUBJECT, () -> {
                relaxed.application.provider.idTokens((header, claims) -> claims.remove("preferred_username"));
                answer(relaxed.application.provider, Reply.json(200, Map.of("sub", "bob")));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @Tag("UI-08")
    void followsNoRedirectWithTheAccessToken(int status) throws Exception {
        try (var sink = RawServer.sink()) {
            attack.unavailableLogin(
                    Reason.PROVIDER_STATUS,
                    () -> answer(
                            Reply.redirect(sink.uri("/userinfo").toString()).status(status)));
            assertEquals(List.of(), sink.requests());
        }
    }
}
