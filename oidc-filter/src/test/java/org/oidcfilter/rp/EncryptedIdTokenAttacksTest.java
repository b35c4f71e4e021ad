// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.SigningKey;

/** Group ID of docs/attacks.md: encrypted ID tokens that are made to cost us time, memory or a key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedIdTokenAttacksTest {
    private static final Duration QUICKLY = Duration.ofSeconds(20);

    private final PublicJsonWebKey key;
    private final IdTokenAttack attack;
    private final IdTokenAttack withoutKeys = IdTokenAttack.standard();

    EncryptedIdTokenAttacksTest(@TempDir Path folder) throws IOException, JoseException {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("enc-1");
        var file = folder.resolve("keys.json");
        Files.writeString(file, Json.write(key.toParams(OutputControlLevel.INCLUDE_PRIVATE)));
        attack = IdTokenAttack.with(Map.of("oidc.decryption-keys-file", file.toString()));
    }

    @BeforeAll
    void anEncryptedTokenIsBelieved() throws Exception {
        attack.believesToken(token -> serialized(jwe("RSA-OAEP-256", key.getPublicKey(), token)));
    }

    @AfterAll
    void stop() {
        attack.close();
        withoutKeys.close();
    }

    @Test
    @Tag("ID-40")
    void refusesAFewBytesThatBecomeMany() throws Exception {
        refuses(Reason.TOKEN_DECRYPTION, token -> {
            var bomb = jwe("RSA-OAEP-256", key.getPublicKey(), token + " ".repeat(20 << 20));
            bomb.enableDefaultCompression();
            var text = serialized(bomb);
            assertTrue(text.length() < 64 * 1024, "small enough to be looked at");
            return text;
        });
        assertTrue(attack.login.logged(Reason.TOKEN_DECRYPTION).contains("compressed"));
    }

    /** Also one that is honest in size: nothing is ever inflated. */
    @Test
    @Tag("ID-40")
    void refusesCompressionAltogether() throws Exception {
        refuses(Reason.TOKEN_DECRYPTION, token -> {
            var compressed = jwe("RSA-OAEP-256", key.getPublicKey(), token);
            compressed.enableDefaultCompression();
            return serialized(compressed);
        });
        for (Object zip : List.of("", "GZIP", 5, List.of("DEF"))) {
            refuses(Reason.TOKEN_DECRYPTION, token -> {
                var odd = jwe("RSA-OAEP-256", key.getPublicKey(), token);
                return withHeader(serialized(odd), "zip", zip);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"PBES2-HS256+A128KW,2000000000", "PBES2-HS512+A256KW,2147483647", "PBES2-HS384+A192KW,1000"})
    @Tag("ID-41")
    void refusesAPasswordThatWouldTakeHoursToTry(String algorithm, long count) throws Exception {
        UnaryOperator<String> costly = token -> encode("{\"alg\":\"" + algorithm + "\",\"enc\":\"A128GCM\",\"p2c\":"
                        + count + ",\"p2s\":\"AAAAAAAAAAA\"}")
                + "." + "A".repeat(43) + "." + "A".repeat(16) + "." + encode(token) + "." + "A".repeat(22);
        refusesAlgorithm(costly);
        assertTimeout(QUICKLY, () -> withoutKeys.refusesToken(Reason.TOKEN_MALFORMED, costly));
    }

    /** Good padding, bad padding, bad tag: one answer, since none of them is ever tried. */
    @Test
    @Tag("ID-42")
    void tellsNothingOfAnRsa15Padding() throws Exception {
        var answers = new LinkedHashSet<String>();
        for (var altered : List.of(-1, 1, 3, 4)) {
            attack.refusesToken(Reason.TOKEN_DECRYPTION, token -> {
                var jwe = jwe("RSA1_5", key.getPublicKey(), token);
                return altered < 0 ? serialized(jwe) : spoiled(serialized(jwe), altered);
            });
            answers.add(attack.login.logged(Reason.TOKEN_DECRYPTION).replaceFirst("^\\[[0-9a-f]+]", ""));
        }
        assertEquals(1, answers.size(), answers.toString());
        assertTrue(answers.iterator().next().contains("expected alg to be one of"), answers.toString());
    }

    /** The same for what is accepted: what goes wrong inside is not told apart. */
    @Test
    @Tag("ID-42")
    void tellsNothingOfWhatGoesWrongInside() throws Exception {
        var answers = new LinkedHashSet<String>();
        for (var altered : List.of(1, 2, 3, 4)) {
            attack.refusesToken(
                    Reason.TOKEN_DECRYPTION,
                    token -> spoiled(serialized(jwe("RSA-OAEP-256", key.getPublicKey(), token)), altered));
            answers.add(attack.login.logged(Reason.TOKEN_DECRYPTION).replaceFirst("^\\[[0-9a-f]+]", ""));
        }
        assertEquals(1, answers.size(), answers.toString());
    }

    @Test
    @Tag("ID-43")
    void refusesAnEncryptedTokenThatSomebodyElseSigned() throws Exception {
        var attacker = SigningKey.rsa("k1", 2048);
        refuses(
                Reason.TOKEN_SIGNATURE,
                token -> serialized(jwe(
                        "RSA-OAEP-256",
                        key.getPublicKey(),
                        attacker.sign(IdTokenAttack.HEADER, IdTokenAttack.claims(token), "RS256"))));
        refuses(
                Reason.TOKEN_MALFORMED,
                token -> serialized(jwe(
                        "RSA-OAEP-256",
                        key.getPublicKey(),
                        serialized(jwe("RSA-OAEP-256", key.getPublicKey(), token)))));
    }

    @ParameterizedTest
    @CsvSource({"dir,32", "A256KW,32", "A192KW,24", "A128KW,16", "A256GCMKW,32", "A128GCMKW,16"})
    @Tag("ID-45")
    void refusesTheClientSecretAsAKey(String algorithm, int length) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(Application.SECRET.getBytes(StandardCharsets.UTF_8));
        for (var bytes : List.of(hash, Application.SECRET.getBytes(StandardCharsets.UTF_8))) {
            var secret = new AesKey(Arrays.copyOf(bytes, length));
            refusesAlgorithm(token -> serialized(jwe(algorithm, secret, token)));
            withoutKeys.refusesToken(Reason.TOKEN_MALFORMED, token -> serialized(jwe(algorithm, secret, token)));
        }
    }

    /** For its name alone: a token that is tried in vain would be refused for the same reason. */
    private void refusesAlgorithm(UnaryOperator<String> lie) throws Exception {
        refuses(Reason.TOKEN_DECRYPTION, lie);
        var logged = attack.login.logged(Reason.TOKEN_DECRYPTION);
        assertTrue(logged.contains("expected alg to be one of"), logged);
    }

    private void refuses(Reason reason, UnaryOperator<String> lie) throws Exception {
        assertTimeout(QUICKLY, () -> attack.refusesToken(reason, lie));
    }

    private JsonWebEncryption jwe(String algorithm, Key to, String content) {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jwe.setAlgorithmHeaderValue(algorithm);
        jwe.setEncryptionMethodHeaderParameter("A256GCM");
        jwe.setKeyIdHeaderValue(key.getKeyId());
        jwe.setContentTypeHeaderValue("JWT");
        jwe.setPlaintext(content);
        jwe.setKey(to);
        return jwe;
    }

    private static String serialized(JsonWebEncryption jwe) {
        try {
            return jwe.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** With one bit changed in the middle of a part. */
    private static String spoiled(String token, int part) {
        var parts = token.split("\\.", -1);
        var middle = parts[part].length() / 2;
        var other = parts[part].charAt(middle) == 'A' ? 'B' : 'A';
        parts[part] = parts[part].substring(0, middle) + other + parts[part].substring(middle + 1);
        return String.join(".", parts);
    }

    private static String withHeader(String token, String name, Object value) {
        var parts = token.split("\\.", -1);
        var header = new LinkedHashMap<>(
                Json.parse(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8)));
        header.put(name, value);
        parts[0] = encode(Json.write(header));
        return String.join(".", parts);
    }

    private static String encode(String text) {
        return SigningKey.base64Url(text.getBytes(StandardCharsets.UTF_8));
    }
}
