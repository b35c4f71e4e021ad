// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.protocol.Json;

/** Tokens that are not signed by a public key alone: only where the operator says so. */
class TokenKindsFlowTest {
    private final Path folder;

    TokenKindsFlowTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void acceptsHmacsWhereTheOperatorSaysSo() throws Exception {
        try (var attack = LoginAttack.with(Map.of("oidc.id-token-algorithms", "HS256"))) {
            offerHmac(attack);
            attack.application.provider.tokens(token -> hmac(token, Application.SECRET));
            attack.completes(attack.callback());
            assertEquals(0, attack.application.provider.requests("/jwks").size(), "the key is the secret");
        }
    }

    @Test
    @Tag("ID-06")
    void refusesHmacsOtherwiseAndOtherSecretsAnyway() throws Exception {
        try (var attack = LoginAttack.standard()) {
            attack.refusesLogin(
                    Reason.TOKEN_ALGORITHM,
                    () -> attack.application.provider.tokens(token -> hmac(token, Application.SECRET)));
        }
        try (var attack = LoginAttack.with(Map.of("oidc.id-token-algorithms", "HS256"))) {
            offerHmac(attack);
            attack.refusesLogin(
                    Reason.TOKEN_SIGNATURE,
                    () -> attack.application.provider.tokens(token -> hmac(token, Application.SECRET + "x")));
            attack.refusesLogin(Reason.TOKEN_ALGORITHM, () -> attack.application.provider.tokens(token -> token));
        }
    }

    @Test
    void acceptsAnIdTokenThatWasSignedAndThenEncrypted() throws Exception {
        var key = key();
        try (var attack = LoginAttack.with(decryptingWith(key))) {
            attack.application.provider.tokens(token -> encrypted(token, key, "JWT"));
            attack.completes(attack.callback());
            var kept = attack.browser.session.stored.orElseThrow().tokens().idToken();
            assertEquals(3, kept.reveal().split("\\.", -1).length, "a hint at logout is what the provider signed");
        }
    }

    @Test
    @Tag("ID-43")
    void anEncryptedTokenHasToBeSignedAsWell() throws Exception {
        var key = key();
        try (var attack = LoginAttack.with(decryptingWith(key))) {
            UnaryOperator<String> payload = token ->
                    new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
            attack.refusesLogin(
                    Reason.TOKEN_MALFORMED,
                    () -> attack.application.provider.tokens(token -> encrypted(payload.apply(token), key, "JWT")));
            attack.refusesLogin(
                    Reason.TOKEN_ALGORITHM,
                    () -> attack.application.provider.tokens(
                            token -> encrypted("eyJhbGciOiJub25lIn0." + token.split("\\.", -1)[1] + ".", key, "JWT")));
        }
    }

    @Test
    @Tag("ID-44")
    void aTokenThatIsOnlySignedIsRefusedUnlessEncryptionIsOptional() throws Exception {
        var key = key();
        try (var attack = LoginAttack.with(decryptingWith(key))) {
            attack.refusesLogin(Reason.TOKEN_NOT_ENCRYPTED, () -> {});
        }
        var settings = new HashMap<>(decryptingWith(key));
        settings.put("oidc.id-token-encryption", "optional");
        try (var attack = LoginAttack.with(settings)) {
            attack.completes(attack.callback());
        }
    }

    @Test
    void anEncryptedTokenIsRefusedWhereThereIsNoKey() throws Exception {
        var key = key();
        try (var attack = LoginAttack.standard()) {
            attack.refusesLogin(
                    Reason.TOKEN_MALFORMED,
                    () -> attack.application.provider.tokens(token -> encrypted(token, key, "JWT")));
        }
    }

    @Test
    void readsUserInfoThatIsEncrypted() throws Exception {
        var key = key();
        var settings = new HashMap<>(decryptingWith(key));
        settings.put("oidc.userinfo", "always");
        settings.put("oidc.id-token-encryption", "optional");
        try (var attack = LoginAttack.with(settings)) {
            var provider = attack.application.provider;
            provider.answer(
                    Endpoint.USERINFO,
                    (request, honest) -> jwt(encrypted(honest.get().text().replace("Alice", "Alicia"), key, null)));
            attack.completes(attack.callback());
            assertTrue(attack.browser
                    .session
                    .stored
                    .orElseThrow()
                    .tokens()
                    .userInfo()
                    .isPresent());
            attack.browser.session.end();
            provider.answer(
                    Endpoint.USERINFO,
                    (request, honest) -> jwt(encrypted(
                            provider.sign(
                                    Map.of(), Map.of("sub", subject(honest.get().text()))),
                            key,
                            "JWT")));
            attack.completes(attack.callback());
            attack.browser.session.end();
            provider.answer(
                    Endpoint.USERINFO, (request, honest) -> jwt(honest.get().text()));
            attack.refusesLogin(Reason.TOKEN_MALFORMED, () -> {});
        }
    }

    @Test
    @Tag("UI-04")
    void plainUserInfoIsRefusedWhereASignatureIsRequired() throws Exception {
        var key = key();
        var settings = new HashMap<>(decryptingWith(key));
        settings.putAll(Map.of(
                "oidc.userinfo", "always",
                "oidc.userinfo-signature", "required",
                "oidc.id-token-encryption", "optional"));
        try (var attack = LoginAttack.with(settings)) {
            var provider = attack.application.provider;
            attack.refusesLogin(Reason.USERINFO_NOT_SIGNED, () -> {});
            provider.answer(
                    Endpoint.USERINFO,
                    (request, honest) -> jwt(encrypted(honest.get().text(), key, null)));
            attack.refusesLogin(Reason.TOKEN_MALFORMED, () -> {});
            provider.answer(
                    Endpoint.USERINFO,
                    (request, honest) -> jwt(provider.sign(
                            Map.of(), Map.of("sub", subject(honest.get().text())))));
            attack.refusesLogin(Reason.TOKEN_ISSUER, () -> {});
            var addressed = Map.<String, Object>of("iss", provider.issuer(), "aud", Application.CLIENT);
            provider.answer(Endpoint.USERINFO, (request, honest) -> {
                var claims = new HashMap<>(addressed);
                claims.put("sub", subject(honest.get().text()));
                return jwt(provider.sign(Map.of(), claims));
            });
            attack.completes(attack.callback());
        }
    }

    @Test
    @Tag("IL-11")
    void aTokenThatCameEncryptedIsInNoAddressWhenSigningOut() throws Exception {
        var key = key();
        try (var application = Application.with(decryptingWith(key))) {
            application.provider.tokens(token -> encrypted(token, key, "JWT"));
            var browser = application.browser();
            assertEquals(302, browser.logIn("/page").status());
            var logout = browser.reply(PlainRequest.get("/oidc/logout").header("Sec-Fetch-Site", "same-origin"));
            var address = String.valueOf(logout.headers().get("Location"));
            assertTrue(address.startsWith(application.provider.issuer() + "/end-session?client_id="), address);
            assertFalse(address.contains("id_token_hint"), address);
        }
    }

    @Test
    void publishesOurKeysToAnybody() throws Exception {
        var key = key();
        try (var application = Application.with(decryptingWith(key))) {
            var reply = application.browser().reply(PlainRequest.get("/oidc/jwks"));
            assertEquals(200, reply.status());
            assertEquals("application/jwk-set+json", reply.headers().get("Content-Type"));
            assertTrue(reply.body().contains("\"kid\":\"" + key.getKeyId() + "\""), reply.body());
            assertFalse(reply.body().contains("\"d\""));
        }
        try (var application = Application.standard()) {
            assertEquals(
                    "{\"keys\":[]}",
                    application.browser().reply(PlainRequest.get("/oidc/jwks")).body());
        }
    }

    private Map<String, String> decryptingWith(PublicJsonWebKey key) throws IOException {
        var file = folder.resolve("keys.json");
        Files.writeString(file, Json.write(key.toParams(OutputControlLevel.INCLUDE_PRIVATE)));
        return Map.of("oidc.decryption-keys-file", file.toString());
    }

    private static void offerHmac(LoginAttack attack) {
        attack.application.provider.answer(Endpoint.DISCOVERY, (request, honest) -> honest.get()
                .editJson(
                        metadata -> metadata.put("id_token_signing_alg_values_supported", List.of("RS256", "HS256"))));
    }

    private static Reply jwt(String token) {
        return Reply.text(200, token).header("Content-Type", "application/jwt");
    }

    private static String subject(String userInfo) {
        return String.valueOf(Json.parse(userInfo).get("sub"));
    }

    private static PublicJsonWebKey key() throws JoseException {
        var key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("enc-1");
        return key;
    }

    private static String encrypted(String content, PublicJsonWebKey key, @Nullable String contentType) {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue("RSA-OAEP-256");
        jwe.setEncryptionMethodHeaderParameter("A256GCM");
        jwe.setKeyIdHeaderValue(key.getKeyId());
        if (contentType != null) {
            jwe.setContentTypeHeaderValue(contentType);
        }
        jwe.setPlaintext(content);
        jwe.setKey(key.getPublicKey());
        try {
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** The claims of {@code token}, protected by an HMAC. */
    private static String hmac(String token, String secret) {
        var jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue("HS256");
        jws.setPayloadBytes(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        jws.setKey(new HmacKey(secret.getBytes(StandardCharsets.UTF_8)));
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
