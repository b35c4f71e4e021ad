// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.token.SampleToken.valid;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.AesKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.PbkdfKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/** What the provider encrypted for us. */
class DecryptionTest {
    private static final PublicJsonWebKey RSA = rsa("rsa-1");
    private static final PublicJsonWebKey EC = ec("ec-1");
    private static final String SIGNED = valid().signed().reveal();
    private final Decryption decryption = Decryption.with(keys(RSA, EC), true);

    @ParameterizedTest
    @CsvSource({
        "RSA-OAEP-256,A128GCM",
        "RSA-OAEP-256,A256GCM",
        "RSA-OAEP-256,A128CBC-HS256",
        "RSA-OAEP-256,A256CBC-HS512",
        "ECDH-ES,A192GCM",
        "ECDH-ES,A192CBC-HS384",
        "ECDH-ES+A128KW,A128GCM",
        "ECDH-ES+A192KW,A256GCM",
        "ECDH-ES+A256KW,A256CBC-HS512"
    })
    void opensWhatWasEncryptedToOneOfOurKeys(String alg, String enc) {
        var key = alg.startsWith("RSA") ? RSA : EC;
        assertEquals(Secret.of(SIGNED), decryption.content(encrypted(key, alg, enc)));
    }

    @Test
    void takesTheOneKeyThatFitsWhereTheTokenNamesNone() {
        var jwe = without("kid", jwe(RSA, "RSA-OAEP-256", "A256GCM"));
        assertEquals(Secret.of(SIGNED), decryption.content(serialized(jwe)));
        var two = Decryption.with(keys(RSA, rsa("rsa-2")), true);
        refuse(Reason.TOKEN_DECRYPTION, two, serialized(jwe));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA1_5", "RSA-OAEP", "dir", "A256KW", "A256GCMKW", "PBES2-HS256+A128KW"})
    void refusesOtherAlgorithmsBeforeAnyDecryption(String alg) {
        var refusal = refuse(Reason.TOKEN_DECRYPTION, decryption, encrypted(RSA, alg, "A256GCM"));
        assertTrue(String.valueOf(refusal.getMessage()).contains("expected alg"), refusal.getMessage());
    }

    @Test
    void refusesAPasswordThatWouldTakeHoursToTry() {
        var header = Map.of("alg", "PBES2-HS256+A128KW", "enc", "A128GCM", "p2c", 2_000_000_000, "p2s", "AAAAAAAAAAA");
        refuse(Reason.TOKEN_DECRYPTION, decryption, raw(header));
    }

    @Test
    void refusesCompressionExtensionsAndOtherKindsOfContent() {
        var compressed = jwe(RSA, "RSA-OAEP-256", "A256GCM");
        compressed.enableDefaultCompression();
        refuse(Reason.TOKEN_DECRYPTION, decryption, serialized(compressed));
        var critical = jwe(RSA, "RSA-OAEP-256", "A256GCM");
        critical.setCriticalHeaderNames("x");
        refuse(Reason.TOKEN_CRITICAL_HEADER, decryption, serialized(critical));
        var typed = jwe(RSA, "RSA-OAEP-256", "A256GCM");
        typed.setHeader("typ", "at+jwt");
        refuse(Reason.TOKEN_TYP, decryption, serialized(typed));
        typed.setHeader("typ", "JWT");
        typed.setContentTypeHeaderValue("json");
        refuse(Reason.TOKEN_TYP, decryption, serialized(typed));
    }

    @Test
    void refusesWhatWasEncryptedToSomebodyElseOrAltered() {
        refuse(Reason.TOKEN_DECRYPTION, decryption, encrypted(rsa("rsa-1"), "RSA-OAEP-256", "A256GCM"));
        refuse(Reason.TOKEN_DECRYPTION, decryption, encrypted(rsa("rsa-2"), "RSA-OAEP-256", "A256GCM"));
        var genuine = encrypted(RSA, "RSA-OAEP-256", "A256GCM").reveal().split("\\.", -1);
        for (int part = 0; part < genuine.length; part++) {
            var altered = genuine.clone();
            altered[part] = (altered[part].startsWith("A") ? "B" : "A") + altered[part].substring(1);
            assertThrows(
                    InvalidResponseException.class, () -> decryption.content(Secret.of(String.join(".", altered))));
        }
    }

    @Test
    void refusesASendersKeyOffOurCurve() throws Exception {
        var genuine = encrypted(EC, "ECDH-ES", "A256GCM").reveal().split("\\.", -1);
        var header = new LinkedHashMap<>(
                Json.parse(new String(Base64.getUrlDecoder().decode(genuine[0]), StandardCharsets.UTF_8)));
        var point = members(header.get("epk"));
        point.put("y", point.get("x"));
        var refusal = refuse(Reason.TOKEN_DECRYPTION, decryption, withHeader(genuine, header, point));
        assertTrue(String.valueOf(refusal.getMessage()).contains("off its curve"), refusal.getMessage());
        var other = EcJwkGenerator.generateJwk(EllipticCurves.P384).toParams(OutputControlLevel.PUBLIC_ONLY);
        refuse(Reason.TOKEN_DECRYPTION, decryption, withHeader(genuine, header, other));
        refuse(
                Reason.TOKEN_DECRYPTION,
                decryption,
                withHeader(genuine, header, RSA.toParams(OutputControlLevel.PUBLIC_ONLY)));
        refuse(Reason.TOKEN_DECRYPTION, decryption, withHeader(genuine, header, Map.of()));
        header.remove("epk");
        refuse(Reason.TOKEN_DECRYPTION, decryption, withHeader(genuine, header, null));
    }

    @Test
    void refusesWhatIsNotEncryptedUnlessThatIsOptional() {
        refuse(Reason.TOKEN_NOT_ENCRYPTED, decryption, Secret.of(SIGNED));
        assertEquals(Secret.of(SIGNED), Decryption.with(keys(RSA), false).content(Secret.of(SIGNED)));
        assertEquals(Secret.of(SIGNED), Decryption.NONE.content(Secret.of(SIGNED)));
    }

    @Test
    void publishesThePublicHalvesAndNothingElse() throws JoseException {
        var published = Json.parse(keys(RSA, EC).publicJwks());
        var jwks = (List<?>) published.getOrDefault("keys", List.of());
        assertEquals(2, jwks.size());
        for (var jwk : jwks) {
            var members = members(jwk);
            assertEquals("enc", members.get("use"));
            assertTrue(PublicJsonWebKey.Factory.newPublicJwk(members).getPublicKey() != null);
            for (var secret : List.of("d", "p", "q", "dp", "dq", "qi")) {
                assertFalse(members.containsKey(secret), secret);
            }
        }
    }

    @Test
    void publishesTheFirstOfTheKeysThatReplaceEachOther() throws Exception {
        var newer = rsa("rsa-2");
        var keys = keys(newer, EC, RSA, ec("ec-2"), named(EcJwkGenerator.generateJwk(EllipticCurves.P384), "ec-3"));
        assertEquals(List.of("rsa-2", "ec-1"), published(keys));
        for (var key : List.of(newer, RSA)) {
            assertEquals(
                    Secret.of(SIGNED),
                    Decryption.with(keys, true).content(encrypted(key, "RSA-OAEP-256", "A256GCM")),
                    "all of them decrypt");
        }
    }

    @Test
    void publishesKeysForDifferentAlgorithmsSideBySide() {
        var keys = keys(
                pinned(EC, "ECDH-ES"), pinned(ec("ec-2"), "ECDH-ES+A256KW"), pinned(ec("ec-3"), "ECDH-ES"), ec("ec-4"));
        assertEquals(List.of("ec-1", "ec-2"), published(keys));
        assertEquals(List.of("ec-4"), published(keys(ec("ec-4"), pinned(EC, "ECDH-ES"))), "the first will do for all");
    }

    private static List<String> published(DecryptionKeys keys) {
        var jwks = (List<?>) Json.parse(keys.publicJwks()).getOrDefault("keys", List.of());
        return jwks.stream().map(jwk -> String.valueOf(members(jwk).get("kid"))).toList();
    }

    private static PublicJsonWebKey pinned(PublicJsonWebKey key, String alg) {
        try {
            var members = new HashMap<>(privateJwk(key));
            members.put("alg", alg);
            return PublicJsonWebKey.Factory.newPublicJwk(members);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void publishesNoMemberThatItDoesNotKnow() {
        var jwk = new HashMap<>(privateJwk(RSA));
        jwk.put("priv_pem", "-----BEGIN PRIVATE KEY-----");
        jwk.put("k", "c2VjcmV0");
        jwk.put("x5t", "AAAA");
        jwk.put("alg", "RSA-OAEP-256");
        var keys = Json.parse(DecryptionKeys.parse(Secret.of(Json.write(jwk))).publicJwks());
        var published = members(((List<?>) keys.getOrDefault("keys", List.of())).get(0));
        assertEquals(Set.of("kty", "n", "e", "kid", "use", "alg"), published.keySet());
        var ofCurve = new HashMap<>(privateJwk(EC));
        ofCurve.put("oct", "AAAA");
        keys = Json.parse(DecryptionKeys.parse(Secret.of(Json.write(ofCurve))).publicJwks());
        published = members(((List<?>) keys.getOrDefault("keys", List.of())).get(0));
        assertEquals(Set.of("kty", "crv", "x", "y", "kid", "use"), published.keySet());
    }

    @Test
    void takesNoKeyOfMoreThanTwoPrimes() {
        var jwk = new HashMap<>(privateJwk(RSA));
        jwk.put("oth", List.of(Map.of("r", "AAAA", "d", "AAAA", "t", "AAAA")));
        assertUnfit("must be RSA keys of two primes", Json.write(jwk));
    }

    @Test
    @Tag("ID-47")
    void refusesWhatIsEncryptedButNoText() {
        var jwe = jwe(RSA, "RSA-OAEP-256", "A256GCM");
        jwe.setPlaintext(new byte[] {'{', '"', (byte) 0xC3, '"', '}'});
        refuse(Reason.TOKEN_DECRYPTION, decryption, serialized(jwe));
    }

    @Test
    void readsRsaKeysInPem() {
        var encoder = Base64.getMimeEncoder();
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + encoder.encodeToString(RSA.getPrivateKey().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        var keys = DecryptionKeys.parse(Secret.of(pem));
        var jwe = jwe(RSA, "RSA-OAEP-256", "A256GCM");
        jwe.setKeyIdHeaderValue(RSA.calculateBase64urlEncodedThumbprint("SHA-256"));
        assertEquals(Secret.of(SIGNED), Decryption.with(keys, true).content(serialized(jwe)));
        assertEquals("DecryptionKeys[1]", keys.toString());
    }

    @Test
    void takesNoKeyThatIsWeakPublicDoubleOrForSomethingElse() throws Exception {
        assertUnfit("must be sound keys of type RSA or EC: RSA with fewer", json(RsaJwkGenerator.generateJwk(1024)));
        assertUnfit("must be private", Json.write(RSA.toParams(OutputControlLevel.PUBLIC_ONLY)));
        assertUnfit("must be of use enc", json(RSA, "use", "sig"));
        assertUnfit("must be private keys of type RSA or EC", "{\"kty\":\"oct\",\"k\":\"AAAA\"}");
        assertUnfit(
                "must be sound keys of type RSA or EC: for signatures only",
                Json.write(SigningKey.ed25519("ed-1").privateJwk()));
        assertUnfit("must hold at least one key", Json.write(Map.of("keys", List.of())));
        assertUnfit(
                "must hold at least one key", Json.write(Map.of("keys", List.of(privateJwk(RSA), privateJwk(RSA)))));
        assertUnfit("must be a JWK Set", Json.write(Map.of("keys", List.of("x"))));
    }

    @Test
    void takesNoPemButOfRsaKeysInPkcs8() {
        assertUnfit(
                "must be a JWK Set, or PEM", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----");
        assertUnfit(
                "must be RSA keys where they are PEM", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
        assertUnfit("must be a JWK Set, or PEM", "nonsense");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA1_5", "RSA-OAEP", "RSA-OAEP-512", "ECDH-ES", "RS256", "dir", ""})
    void takesNoRsaKeyForAnAlgorithmThatIsRefused(String alg) {
        assertUnfit("must have no alg, or one of [RSA-OAEP-256]", json(RSA, "alg", alg));
    }

    @Test
    void takesNoKeyOfACurveForAnAlgorithmThatIsRefused() {
        for (var alg : List.of("RSA-OAEP-256", "ES256", "ECDH-ES+A512KW")) {
            assertUnfit(
                    "must have no alg, or one of [ECDH-ES, ECDH-ES+A128KW, ECDH-ES+A192KW, ECDH-ES+A256KW]",
                    json(EC, "alg", alg));
        }
    }

    @Test
    void aKeyForOneAlgorithmOpensNothingElse() {
        var pinned = Decryption.with(keys(pinned(EC, "ECDH-ES")), true);
        assertEquals(Secret.of(SIGNED), pinned.content(encrypted(EC, "ECDH-ES", "A256GCM")));
        refuse(Reason.TOKEN_DECRYPTION, pinned, encrypted(EC, "ECDH-ES+A128KW", "A256GCM"));
    }

    private static void assertUnfit(String problem, String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> DecryptionKeys.parse(Secret.of(text)));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(problem), refusal.getMessage());
    }

    private static String json(PublicJsonWebKey key, String name, Object value) {
        var members = new HashMap<>(privateJwk(key));
        members.put(name, value);
        return Json.write(members);
    }

    private static InvalidResponseException refuse(Reason reason, Decryption by, Secret token) {
        var refusal = assertThrows(InvalidResponseException.class, () -> by.content(token));
        assertEquals(reason, refusal.reason());
        return refusal;
    }

    private static Secret encrypted(PublicJsonWebKey key, String alg, String enc) {
        return serialized(jwe(key, alg, enc));
    }

    private static JsonWebEncryption jwe(PublicJsonWebKey key, String alg, String enc) {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jwe.setAlgorithmHeaderValue(alg);
        jwe.setEncryptionMethodHeaderParameter(enc);
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setContentTypeHeaderValue("JWT");
        jwe.setPlaintext(SIGNED);
        jwe.setKey(
                alg.startsWith("PBES2")
                        ? new PbkdfKey("a password")
                        : alg.startsWith("A") || alg.equals("dir") ? new AesKey(new byte[32]) : key.getPublicKey());
        return jwe;
    }

    private static JsonWebEncryption without(String member, JsonWebEncryption jwe) {
        var header = new LinkedHashMap<>(Json.parse(jwe.getHeaders().getFullHeaderAsJsonString()));
        header.remove(member);
        try {
            jwe.getHeaders().setFullHeaderAsJsonString(Json.write(header));
            return jwe;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static Secret serialized(JsonWebEncryption jwe) {
        try {
            return Secret.of(jwe.getCompactSerialization());
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static Secret raw(Map<String, ?> header) {
        return Secret.of(part(header) + ".AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
    }

    private static String part(Map<String, ?> header) {
        return SigningKey.base64Url(Json.write(new LinkedHashMap<>(header)).getBytes(StandardCharsets.UTF_8));
    }

    private static Secret withHeader(String[] token, Map<String, Object> header, @Nullable Map<String, Object> epk) {
        var changed = new LinkedHashMap<>(header);
        Optional.ofNullable(epk).ifPresent(key -> changed.put("epk", key));
        var parts = new ArrayList<>(List.of(token));
        parts.set(0, part(changed));
        return Secret.of(String.join(".", parts));
    }

    private static Map<String, Object> members(@Nullable Object json) {
        var members = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) Objects.requireNonNull(json)).forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private static DecryptionKeys keys(PublicJsonWebKey... keys) {
        var jwks = new ArrayList<Object>();
        for (var key : keys) {
            jwks.add(privateJwk(key));
        }
        return DecryptionKeys.parse(Secret.of(Json.write(Map.of("keys", jwks))));
    }

    private static Map<String, Object> privateJwk(PublicJsonWebKey key) {
        return key.toParams(OutputControlLevel.INCLUDE_PRIVATE);
    }

    private static String json(PublicJsonWebKey key) {
        return Json.write(privateJwk(key));
    }

    private static PublicJsonWebKey rsa(String kid) {
        try {
            return named(RsaJwkGenerator.generateJwk(2048), kid);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static PublicJsonWebKey ec(String kid) {
        try {
            return named(EcJwkGenerator.generateJwk(EllipticCurves.P256), kid);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static PublicJsonWebKey named(PublicJsonWebKey key, String kid) {
        key.setKeyId(kid);
        return key;
    }

    @Test
    void thereIsOneSpellingOnlyOfAnEncryptedToken() {
        var genuine = encrypted(RSA, "RSA-OAEP-256", "A256GCM").reveal();
        refuse(Reason.TOKEN_MALFORMED, decryption, Secret.of(genuine + "="));
        refuse(Reason.TOKEN_MALFORMED, decryption, Secret.of(genuine + "\n"));
        refuse(Reason.TOKEN_MALFORMED, decryption, Secret.of(genuine.replaceFirst("\\.", "=.")));
    }

    @Test
    void aKeyThatWasAgreedUponIsNotSent() {
        var genuine = encrypted(EC, "ECDH-ES", "A256GCM").reveal();
        refuse(Reason.TOKEN_DECRYPTION, decryption, Secret.of(genuine.replaceFirst("\\.\\.", ".AAAA.")));
        assertEquals(Secret.of(SIGNED), decryption.content(Secret.of(genuine)));
    }

    @Test
    void saysWhichOfOurKeysWasMeant() {
        var unknown = refuse(Reason.TOKEN_DECRYPTION, decryption, encrypted(rsa("rsa-2"), "RSA-OAEP-256", "A256GCM"));
        assertEquals(
                "of our decryption keys 0 fit RSA-OAEP-256 and the token's kid", String.valueOf(unknown.getMessage()));
        var unnamed = without("kid", jwe(RSA, "RSA-OAEP-256", "A256GCM"));
        var two = Decryption.with(keys(RSA, rsa("rsa-2")), true);
        assertEquals(
                "of our decryption keys 2 fit RSA-OAEP-256 (the token has no kid)",
                String.valueOf(refuse(Reason.TOKEN_DECRYPTION, two, serialized(unnamed))
                        .getMessage()));
    }

    @Test
    void saysThatTheSendersKeyIsOnAnotherCurve() throws Exception {
        var genuine = encrypted(EC, "ECDH-ES", "A256GCM").reveal().split("\\.", -1);
        var header = new LinkedHashMap<>(
                Json.parse(new String(Base64.getUrlDecoder().decode(genuine[0]), StandardCharsets.UTF_8)));
        var other = EcJwkGenerator.generateJwk(EllipticCurves.P384).toParams(OutputControlLevel.PUBLIC_ONLY);
        var refusal = refuse(Reason.TOKEN_DECRYPTION, decryption, withHeader(genuine, header, other));
        assertTrue(String.valueOf(refusal.getMessage()).endsWith("on another curve"), refusal.getMessage());
    }

    @Test
    void printsNothingOfKeysAndTokens() {
        assertEquals("DecryptionKey[rsa-1]", DecryptionKey.of(privateJwk(RSA)).toString());
        var token = encrypted(RSA, "RSA-OAEP-256", "A256GCM");
        assertEquals(
                "EncryptedJwt",
                EncryptedJwt.parse(token, CompactJose.parts(token)).toString());
    }

    @Test
    void claimsThatAreEncryptedOnlyAreWorthNoMoreThanPlainOnes() {
        var jwe = without("cty", jwe(RSA, "RSA-OAEP-256", "A256GCM"));
        jwe.setPlaintext("{\"sub\":\"alice\"}");
        var token = serialized(jwe);
        var validator =
                new UserInfoJwtValidator(SampleToken.KEY.alone(), decryption, Clock.systemUTC(), Duration.ofMinutes(1));
        assertEquals("{\"sub\":\"alice\"}", validator.validate(token, userInfo(false)));
        assertThrows(InvalidResponseException.class, () -> validator.validate(token, userInfo(true)));
        var open = new UserInfoJwtValidator(
                SampleToken.KEY.alone(), Decryption.NONE, Clock.systemUTC(), Duration.ofMinutes(1));
        assertThrows(
                InvalidResponseException.class, () -> open.validate(Secret.of("{\"sub\":\"alice\"}"), userInfo(false)));
    }

    private static UserInfoJwtValidator.Expected userInfo(boolean signed) {
        return new UserInfoJwtValidator.Expected(
                SampleToken.ISSUER, SampleToken.CLIENT, Set.of(), Set.of("RS256"), signed);
    }
}
