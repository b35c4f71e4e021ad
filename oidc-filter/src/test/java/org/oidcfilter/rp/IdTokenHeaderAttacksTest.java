// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.IdTokenAttack.KEY;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.SigningKey;

/** Group ID of docs/attacks.md: a header that wants to be believed about keys, extensions or what the token is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdTokenHeaderAttacksTest {
    private static final SigningKey ATTACKER = SigningKey.rsa("attacker", 2048);

    private final IdTokenAttack attack = IdTokenAttack.standard();
    private final Sink sink = Sink.open();

    @BeforeEach
    void seeWhoIsCalled() {
        attack.provider.forgetRequests();
    }

    @AfterAll
    void stop() {
        attack.close();
        sink.close();
    }

    /** A header that is honest but for {@code more}. */
    private static Map<String, Object> header(String kid, Map<String, ?> more) {
        var header = new LinkedHashMap<String, Object>(Map.of("alg", "RS256", "typ", "JWT", "kid", kid));
        header.putAll(more);
        return header;
    }

    private void refusesForged(Reason reason, Map<String, ?> header) throws Exception {
        attack.refusesToken(reason, token -> ATTACKER.sign(Json.write(header), IdTokenAttack.claims(token), "RS256"));
    }

    /** Everything that names a key of the attacker, signed by it: under a published kid, under its own, and under none. */
    private void refusesForgedUnderEveryKid(Map<String, ?> more) throws Exception {
        refusesForged(Reason.TOKEN_SIGNATURE, header(KEY.kid(), more));
        refusesForged(Reason.TOKEN_KEY_UNKNOWN, header(ATTACKER.kid(), more));
        var anonymous = header("", more);
        anonymous.remove("kid");
        refusesForged(Reason.TOKEN_KEY_UNKNOWN, anonymous);
        attack.believesToken(
                token -> KEY.sign(Json.write(header(KEY.kid(), more)), IdTokenAttack.claims(token), "RS256"));
        assertEquals(List.of(), sink.requests(), "nobody was called");
        assertTrue(
                attack.provider.requests().stream().allMatch(request -> List.of(
                                "/authorize", "/token", "/jwks", "/.well-known/openid-configuration")
                        .contains(request.path())),
                "the provider was asked for nothing else");
    }

    @Test
    @Tag("ID-10")
    void refusesAKeyThatTheTokenBringsAlong() throws Exception {
        refusesForgedUnderEveryKid(Map.of("jwk", ATTACKER.jwk()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u", "url", "iss", "jwks_uri"})
    @Tag("ID-11")
    void callsNobodyWhoseAddressTheTokenBringsAlong(String name) throws Exception {
        sink.answer(Json.write(Map.of("keys", List.of(ATTACKER.jwk()))));
        refusesForgedUnderEveryKid(Map.of(name, sink.address()));
        refusesForgedUnderEveryKid(Map.of(name, List.of(sink.address())));
    }

    @Test
    @Tag("ID-12")
    void refusesACertificateThatTheTokenBringsAlong() throws Exception {
        var certificate = Certificate.selfSigned(ATTACKER.pair());
        var readable =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        readable.verify(ATTACKER.pair().getPublic());
        refusesForgedUnderEveryKid(Map.of("x5c", List.of(Base64.getEncoder().encodeToString(certificate))));
        refusesForgedUnderEveryKid(Map.of("x5t", thumbprint("SHA-1", certificate)));
        refusesForgedUnderEveryKid(Map.of("x5t#S256", thumbprint("SHA-256", certificate)));
    }

    private static String thumbprint(String hash, byte[] certificate) throws Exception {
        return SigningKey.base64Url(MessageDigest.getInstance(hash).digest(certificate));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../dev/null",
                "' OR 1=1--",
                "\n",
                "",
                " ",
                "K1",
                "k1 ",
                "k1\u0000",
                "k1\u200B",
                "http://127.0.0.1/jwks",
                "${jndi:ldap://127.0.0.1/x}",
                "<script>alert(1)</script>"
            })
    @Tag("ID-13")
    void refusesAKeyIdThatIsNotPublished(String kid) throws Exception {
        attack.refusesHeader(Reason.TOKEN_KEY_UNKNOWN, "kid", kid);
        assertBrief(Reason.TOKEN_KEY_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "1e400", "{}", "{\"k1\":1}", "[\"k1\"]", "true", "null"})
    @Tag("ID-13")
    void refusesAKeyIdThatIsNoString(String kid) throws Exception {
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, "{\"alg\":\"RS256\",\"kid\":" + kid + "}");
        assertBrief(Reason.TOKEN_MALFORMED);
    }

    @Test
    @Tag("ID-13")
    void refusesAKeyIdThatIsTooLong() throws Exception {
        attack.refusesHeader(Reason.TOKEN_KEY_UNKNOWN, "kid", "x".repeat(1024));
        attack.refusesHeader(Reason.TOKEN_MALFORMED, "kid", "x".repeat(1025));
        attack.refusesHeader(Reason.TOKEN_MALFORMED, "kid", "x".repeat(60_000));
        assertBrief(Reason.TOKEN_MALFORMED);
        attack.failsForAnOversizedAnswer((header, claims) -> header.put("kid", "x".repeat(1 << 20)));
    }

    private void assertBrief(Reason reason) {
        var line = attack.login.logged(reason);
        assertTrue(line.length() < 400 && line.lines().count() == 1, line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"x\"]", "\"x\"", "[]", "[\"alg\"]", "[\"b64\"]", "[\"kid\"]", "5", "{}", "false"})
    @Tag("ID-14")
    void refusesEveryDemandForAnExtension(String critical) throws Exception {
        attack.refusesHeaderText(
                Reason.TOKEN_CRITICAL_HEADER, "{\"alg\":\"RS256\",\"kid\":\"k1\",\"crit\":" + critical + ",\"x\":1}");
    }

    @Test
    @Tag("ID-14")
    void refusesAnExtensionThatIsNull() throws Exception {
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, "{\"alg\":\"RS256\",\"kid\":\"k1\",\"crit\":null}");
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, "{\"alg\":\"RS256\",\"kid\":\"k1\",\"crit\":[null]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true", "\"false\"", "0"})
    @Tag("ID-14")
    void refusesAnUnencodedPayload(String encoded) throws Exception {
        attack.refusesHeaderText(
                Reason.TOKEN_CRITICAL_HEADER, "{\"alg\":\"RS256\",\"kid\":\"k1\",\"b64\":" + encoded + "}");
    }

    @Test
    @Tag("ID-37")
    void refusesALogoutToken() throws Exception {
        var events = Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());
        attack.refuses(Reason.TOKEN_TYP, (header, claims) -> {
            header.put("typ", "logout+jwt");
            claims.put("events", events);
            claims.remove("nonce");
        });
        attack.refuses(Reason.TOKEN_NONCE, (header, claims) -> {
            header.remove("typ");
            claims.put("events", events);
            claims.remove("nonce");
        });
        attack.refusesClaim(Reason.TOKEN_EVENTS, "events", events);
        attack.refusesClaim(Reason.TOKEN_EVENTS, "events", false);
        attack.refusesText(Reason.TOKEN_MALFORMED, IdTokenAttack.added("\"events\":null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "AT+JWT"})
    @Tag("ID-38")
    void refusesAnAccessToken(String type) throws Exception {
        attack.refuses(Reason.TOKEN_TYP, (header, claims) -> {
            header.put("typ", type);
            claims.putAll(Map.of("aud", List.of("shop"), "client_id", "shop", "scope", "openid", "jti", "1"));
        });
        attack.refuses(Reason.TOKEN_NONCE, (header, claims) -> {
            header.remove("typ");
            claims.putAll(Map.of("client_id", "shop", "scope", "openid", "jti", "1"));
            claims.remove("nonce");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"secevent+jwt", "dpop+jwt", "id_token+jwt", "JOSE", "JOSE+JSON", "", " JWT", "JWT\u0000"})
    @Tag("ID-39")
    void refusesATokenThatSaysItIsSomethingElse(String type) throws Exception {
        attack.refusesHeader(Reason.TOKEN_TYP, "typ", type);
    }

    @Test
    @Tag("ID-39")
    void believesATokenThatSaysItIsAJwtOrNothing() throws Exception {
        for (var type : List.of("JWT", "jwt", "application/jwt", "Application/JWT")) {
            attack.believes((header, claims) -> header.put("typ", type));
        }
        attack.believes((header, claims) -> header.remove("typ"));
    }

    /** The principle of {@code JoseHeader}: what we do not understand changes no verdict, neither this way nor the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"zip\":\"DEF\"",
                "\"cty\":\"JWT\"",
                "\"cty\":5",
                "\"enc\":\"A256GCM\"",
                "\"nonce\":\"x\"",
                "\"epk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}",
                "\"apu\":\"x\",\"apv\":[1]",
                "\"p2c\":2000000000,\"p2s\":\"AA\"",
                "\"iv\":\"AA\",\"tag\":\"AA\"",
                "\"x5c\":[\"not a certificate\"]",
                "\"x5c\":{}",
                "\"jwk\":{}",
                "\"jwk\":\"k1\"",
                "\"ppt\":\"shaken\"",
                "\"ALG\":\"none\"",
                "\"Kid\":\"x\"",
                "\"\":\"none\"",
                "\"a\":[[[[{\"crit\":[\"x\"]}]]]]"
            })
    void aHeaderThatMeansNothingToUsChangesNothing(String member) throws Exception {
        attack.expectNoOtherCalls(() -> attack.believesToken(
                IdTokenAttack.written("{" + member + "," + IdTokenAttack.HEADER.substring(1), claims -> claims)));
        refusesForged(Reason.TOKEN_SIGNATURE, Json.parse("{" + member + "," + IdTokenAttack.HEADER.substring(1)));
    }
}
