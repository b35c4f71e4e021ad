// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.devprovider.Request;
import org.oidcfilter.protocol.Json;

/** Group TE of docs/attacks.md: the token endpoint answers with something else than tokens, or is not asked as it should be. */
@Timeout(120)
class TokenEndpointAttacksTest {
    private static final String TOKEN = Endpoint.TOKEN.path();

    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    private void answer(Reply reply) {
        attack.application.provider.answer(Endpoint.TOKEN, (request, honest) -> reply);
    }

    private void change(UnaryOperator<Reply> lie) {
        attack.application.provider.answer(Endpoint.TOKEN, (request, honest) -> lie.apply(honest.get()));
    }

    private void edit(Consumer<Map<String, Object>> lie) {
        change(reply -> reply.editJson(lie));
    }

    private Request asked() {
        return attack.application.provider.requests(TOKEN).get(0);
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_grant", "401, invalid_client", "403, unauthorized_client"})
    @Tag("TE-01")
    void showsNothingOfAnError(int status, String error) throws Exception {
        attack.keepSecret("<b>");
        attack.keepSecret("attacker.test");
        attack.refusesLogin(
                Reason.TOKEN_ERROR,
                () -> answer(Reply.json(
                        status,
                        Map.of(
                                "error", error,
                                "error_description", "<b>from attacker.test\r\n",
                                "error_uri", "https://attacker.test"))));
        assertTrue(attack.logged(Reason.TOKEN_ERROR).contains(error));
        assertEquals(1, attack.exchanges());
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html>please log in</html>, PROVIDER_MEDIA_TYPE",
        "application/x-www-form-urlencoded, access_token=a&token_type=bearer&id_token=b, PROVIDER_MEDIA_TYPE",
        "application/jwt, a.b.c, PROVIDER_MEDIA_TYPE",
        "'', {}, PROVIDER_MEDIA_TYPE",
        "application/json, '', PROVIDER_JSON",
        "application/json, <html>please log in</html>, PROVIDER_JSON",
        "application/json, '[]', PROVIDER_JSON",
        "application/json, null, PROVIDER_JSON",
        "application/json, '{}', TOKEN_RESPONSE_INVALID"
    })
    @Tag("TE-02")
    void refusesAnAnswerThatIsNoTokenResponse(String type, String body, Reason reason) throws Exception {
        attack.refusesLogin(reason, () -> answer(Reply.text(200, body).header("Content-Type", type)));
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "429", "404", "204", "201"})
    @Tag("TE-03")
    void anOutageEndsTheLoginWithoutASecondAttempt(int status) throws Exception {
        attack.unavailableLogin(Reason.PROVIDER_STATUS, () -> change(reply -> reply.status(status)));
        assertEquals(1, attack.exchanges());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "hang up", "hang"})
    @Tag("TE-03")
    void aLostConnectionEndsTheLoginWithoutASecondAttempt(String loss) throws Exception {
        try (var impatient = LoginAttack.with(Map.of("oidc.provider-timeout", "1s"));
                var server = RawServer.answering((out, socket) -> {
                    socket.setSoLinger(loss.equals("reset"), 0);
                    if (loss.equals("hang")) {
                        RawServer.hang(out, socket);
                    }
                })) {
            long start = System.nanoTime();
            impatient.unavailableLogin(
                    Reason.PROVIDER_UNREACHABLE, () -> impatient.application.detours.put(TOKEN, server.uri("/token")));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20));
            assertEquals(1, server.requests().size(), "a code is sent once");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @Tag("TE-04")
    void followsNoRedirectWithTheCode(int status) throws Exception {
        try (var sink = RawServer.sink()) {
            attack.unavailableLogin(
                    Reason.PROVIDER_STATUS,
                    () -> answer(Reply.redirect(sink.uri("/token").toString()).status(status)));
            assertEquals(List.of(), sink.requests());
            assertEquals(1, attack.exchanges());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mac", "DPoP", "N_A", "", "Bearer ", "BearerX", "bеarer"}) // the last one has a Cyrillic letter
    @Tag("TE-05")
    void refusesATokenTypeThatWeDoNotUnderstand(String type) throws Exception {
        attack.refusesLogin(Reason.TOKEN_TYPE, () -> edit(tokens -> tokens.put("token_type", type)));
    }

    @Test
    @Tag("TE-05")
    void refusesAMissingTokenType() throws Exception {
        attack.refusesLogin(Reason.TOKEN_RESPONSE_INVALID, () -> edit(tokens -> tokens.remove("token_type")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"BEARER", "bearer", "Bearer", "bEaReR"})
    @Tag("TE-05")
    void acceptsBearerInAnyCase(String type) throws Exception {
        edit(tokens -> tokens.put("token_type", type));
        attack.completes(attack.callback());
    }

    @Test
    @Tag("TE-06")
    void refusesAnAnswerWithoutIdToken() throws Exception {
        attack.refusesLogin(Reason.ID_TOKEN_MISSING, () -> edit(tokens -> tokens.remove("id_token")));
        attack.refusesLogin(Reason.TOKEN_RESPONSE_INVALID, () -> edit(tokens -> tokens.put("id_token", "")));
    }

    @Test
    @Tag("TE-07")
    void givesUpOnAHugeAnswer() throws Exception {
        attack.unavailableLogin(
                Reason.PROVIDER_UNREACHABLE, () -> edit(tokens -> tokens.put("padding", "x".repeat(50 * 1024 * 1024))));
        assertTrue(attack.logged(Reason.PROVIDER_UNREACHABLE).contains("more than 524288 bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id_token\":\"evil\",HONEST}",
                "{HONEST,\"id_token\":\"evil\"}",
                "{\"\\u0069d_token\":\"evil\",HONEST}",
                "{HONEST,\"access_token\":\"evil\"}",
                "{HONEST,\"a\":{\"b\":1,\"b\":2}}"
            })
    @Tag("TE-08")
    void refusesRepeatedMembers(String template) throws Exception {
        attack.refusesLogin(
                Reason.PROVIDER_JSON,
                () -> change(reply -> {
                    var honest = reply.text().strip();
                    return reply.body(template.replace("HONEST", honest.substring(1, honest.length() - 1)));
                }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id_token | {}",
                "id_token | 7",
                "id_token | ['a.b.c']",
                "id_token | true",
                "access_token | {}",
                "access_token | 7",
                "access_token | 'ä'",
                "access_token | ''",
                "access_token | null",
                "refresh_token | 7",
                "token_type | []",
                "scope | ['openid']",
                "expires_in | '3600'",
                "expires_in | -1",
                "expires_in | true",
                "expires_in | []"
            },
            quoteCharacter = '`')
    @Tag("TE-09")
    void refusesMembersOfTheWrongType(String member, String value) throws Exception {
        var json = value.replace('\'', '"');
        attack.refusesLogin(
                Reason.TOKEN_RESPONSE_INVALID,
                () -> edit(tokens -> {
                    if (json.equals("null")) {
                        tokens.remove(member);
                    } else {
                        tokens.put(
                                member, Json.parse("{\"value\":" + json + "}").get("value"));
                    }
                }));
    }

    @ParameterizedTest
    @Tag("SE-19")
    @CsvSource({"1e99, 2147483647", "9007199254740993, 2147483647", "3.6e3, 3600", "0.9, 0", "0, 0", "-0, 0", "60, 60"})
    @Tag("TE-09")
    void anOddLifetimeOverflowsNothing(String expiresIn, long seconds) throws Exception {
        change(reply -> reply.body(reply.text().replaceAll("\"expires_in\":\\d+", "\"expires_in\":" + expiresIn)));
        attack.completes(attack.callback());
        assertEquals(Optional.of(now().plusSeconds(seconds)), accessTokenExpiresAt());
    }

    @Test
    @Tag("TE-09")
    void aMissingLifetimeIsUnknown() throws Exception {
        edit(tokens -> tokens.remove("expires_in"));
        attack.completes(attack.callback());
        assertEquals(Optional.empty(), accessTokenExpiresAt());
    }

    private Instant now() {
        return attack.application.clock.instant();
    }

    private Optional<Instant> accessTokenExpiresAt() {
        return attack.browser.session.stored.orElseThrow().tokens().validity().accessTokenExpiresAt();
    }

    /** Roles come from claims that are signed or fetched: never from scopes, be they requested, granted or not mentioned. */
    @ParameterizedTest
    @ValueSource(strings = {"openid", "openid admin", "", "ABSENT"})
    @Tag("TE-10")
    void makesNoRolesOfScopes(String granted) throws Exception {
        var settings = Map.of("oidc.scope", "openid admin", "oidc.roles-claim", "roles, scope, scp");
        try (var scoped = LoginAttack.with(settings)) {
            scoped.application.loginAs("bob");
            scoped.application.provider.answer(
                    Endpoint.TOKEN, (request, honest) -> honest.get().editJson(tokens -> {
                        tokens.remove("scope");
                        if (!granted.equals("ABSENT")) {
                            tokens.put("scope", granted);
                        }
                    }));
            scoped.completes(scoped.callback());
            var identity = scoped.browser.session.stored.orElseThrow().identity();
            assertEquals(Set.of("user"), identity.roles());
            assertEquals(
                    403, scoped.browser.reply(PlainRequest.get("/admin/page")).status());
        }
    }

    /** The request goes through the browser, and there are scopes that a provider grants to whoever asks for them. */
    @Test
    @Tag("TE-10")
    void aScopeThatThePersonAddsToTheRequestIsNoRole() throws Exception {
        var settings = Map.of(
                "oidc.scope", "openid profile offline_access",
                "oidc.scope-role-prefix", "SCOPE_",
                "oidc.path-rules", "/orders/*=SCOPE_orders");
        try (var scoped = LoginAttack.with(settings)) {
            var honest = scoped.redirect(scoped.browser);
            var edited = honest.replace("scope=openid", "scope=orders+openid");
            assertNotEquals(honest, edited);
            scoped.completes(scoped.callback(edited));
            requireNoOrders(scoped, 1);
            scoped.application.clock.advance(Duration.ofMinutes(4).plusSeconds(30));
            requireNoOrders(scoped, 2);
        }
    }

    /** Although so many answers of the provider granted them. */
    private static void requireNoOrders(LoginAttack scoped, int granted) throws Exception {
        var roles = scoped.browser
                .proceed(PlainRequest.get("/page"))
                .caller()
                .orElseThrow()
                .roles();
        assertEquals(Set.of("user", "admin", "SCOPE_openid", "SCOPE_profile", "SCOPE_offline_access"), roles);
        assertEquals(403, scoped.browser.reply(PlainRequest.get("/orders/1")).status());
        var answers = scoped.application.answers().stream()
                .filter(answer -> answer.contains("\"scope\":\"orders openid"))
                .count();
        assertEquals(granted, answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
    @Tag("TE-11")
    void sendsASecretOfAnyCharactersAsItIs(String method) throws Exception {
        var secret = "a secret: 100%+ü&=\"€😀";
        try (var odd = LoginAttack.with(Map.of("oidc.client-secret", secret, "oidc.client-authentication", method))) {
            odd.keepSecret(secret);
            odd.application.provider.register(Client.confidential(Application.CLIENT, secret)
                    .redirectUri(PlainRequest.ORIGIN + PlainRequest.CONTEXT + "/oidc/callback"));
            odd.completes(odd.callback());
            var request = odd.application.provider.requests(TOKEN).get(0);
            if (method.equals("client_secret_basic")) {
                var header = request.header("Authorization").orElseThrow();
                var pair = new String(Base64.getDecoder().decode(header.substring("Basic ".length())), US_ASCII);
                assertEquals("shop:a+secret%3A+100%25%2B%C3%BC%26%3D%22%E2%82%AC%F0%9F%98%80", pair);
            } else {
                assertEquals(Optional.of(secret), request.form("client_secret"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"client_secret_basic, true", "client_secret_post, false", "auto, true"})
    @Tag("TE-12")
    void authenticatesInOnePlaceAndNeverInTheAddress(String method, boolean inHeader) throws Exception {
        try (var configured = LoginAttack.with(Map.of("oidc.client-authentication", method))) {
            configured.completes(configured.callback());
            var request = configured.application.provider.requests(TOKEN).get(0);
            assertEquals(Map.of(), request.query());
            assertEquals(inHeader, request.header("Authorization").isPresent());
            assertEquals(!inHeader, request.form("client_secret").isPresent());
            assertEquals(!inHeader, request.form("client_id").isPresent());
            assertFalse(request.form("client_assertion").isPresent());
        }
    }

    /** The proxy shows the callback under another name than the page that began the login. */
    @Test
    @Tag("TE-13")
    void redeemsWithTheVeryRedirectUriOfTheRequest() throws Exception {
        var callback = attack.callback().origin("http://localhost:9999");
        assertEquals(302, attack.browser.reply(callback).status());
        var sent = attack.application.provider.requests("/authorize").get(0).query("redirect_uri");
        assertEquals(Optional.of(PlainRequest.ORIGIN + PlainRequest.CONTEXT + "/oidc/callback"), sent);
        assertEquals(sent, asked().form("redirect_uri"));
    }
}
