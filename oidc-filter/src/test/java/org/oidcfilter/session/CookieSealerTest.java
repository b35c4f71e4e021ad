// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.keys.AesKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Secret;

class CookieSealerTest {
    private static final Secret KEY = Secret.of("a key of thirty-two characters or more");
    private static final Secret OTHER_KEY = Secret.of("another key of thirty-two characters");
    private static final String PURPOSE = "test";

    private final CookieSealer sealer = new CookieSealer(CookieKeys.of(List.of(KEY)), PURPOSE);

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "abc", "{\"a\":\"caf\u00e9\"}"})
    void opensWhatItSealed(String plain) {
        assertEquals(Optional.of(plain), sealer.open(sealer.seal(plain)));
    }

    @Test
    void sealsDifferentlyEachTimeAndReadablyNever() {
        var sealed = sealer.seal("visible");
        assertNotEquals(sealed, sealer.seal("visible"));
        assertFalse(sealed.contains("visible"));
        assertFalse(sealed.contains(Base64.getUrlEncoder().encodeToString("visible".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void sealedTextFitsIntoACookie() {
        assertTrue(sealer.seal("x").matches("[A-Za-z0-9_.-]+"));
    }

    @Test
    void doesNotOpenWhatWasSealedForAnotherPurposeOrByAnotherKey() {
        assertEquals(Optional.empty(), sealer.open(new CookieSealer(CookieKeys.of(List.of(KEY)), "other").seal("x")));
        assertEquals(
                Optional.empty(), sealer.open(new CookieSealer(CookieKeys.of(List.of(OTHER_KEY)), PURPOSE).seal("x")));
    }

    @Test
    void theFirstKeySealsAndAllOpen() {
        var rotated = new CookieSealer(CookieKeys.of(List.of(OTHER_KEY, KEY)), PURPOSE);
        assertEquals(Optional.of("old"), rotated.open(sealer.seal("old")));
        assertEquals(Optional.empty(), sealer.open(rotated.seal("new")));
        assertEquals(
                Optional.of("new"),
                new CookieSealer(CookieKeys.of(List.of(OTHER_KEY)), PURPOSE).open(rotated.seal("new")));
    }

    @Test
    void noCharacterOfItCanBeChanged() {
        for (var plain : List.of("x", "xy", "xyz")) {
            var sealed = sealer.seal(plain);
            for (var i = 0; i < sealed.length(); i++) {
                for (var c : List.of('A', 'B', 'Q', 'z', '.', '=', '+', ' ', '\u00e9')) {
                    var changed = sealed.substring(0, i) + c + sealed.substring(i + 1);
                    assertEquals(changed.equals(sealed), sealer.open(changed).isPresent(), changed);
                }
            }
        }
    }

    @Test
    void nothingCanBeAddedOrRemoved() {
        var sealed = sealer.seal("plain");
        for (var i = 0; i < sealed.length(); i++) {
            assertEquals(Optional.empty(), sealer.open(sealed.substring(0, i)));
            assertEquals(Optional.empty(), sealer.open(sealed.substring(0, i) + "A" + sealed.substring(i)));
        }
        assertEquals(Optional.empty(), sealer.open(sealed + "=="));
        assertEquals(Optional.empty(), sealer.open("\"" + sealed + "\""));
    }

    @Test
    void garbageIsNobodysAndNoException() {
        var random = new Random(1);
        var header = sealer.seal("").split("\\.", -1)[0];
        for (var i = 0; i < 2000; i++) {
            var bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertEquals(Optional.empty(), sealer.open(new String(bytes, StandardCharsets.ISO_8859_1)));
            assertEquals(Optional.empty(), sealer.open(encoded));
            assertEquals(
                    Optional.empty(),
                    sealer.open(header + ".." + "A".repeat(16) + "." + encoded + "." + "A".repeat(22)));
        }
    }

    @Test
    void doesNotEvenTryWhatIsTooLong() {
        assertTrue(sealer.open(sealer.seal("x".repeat(2900))).isPresent());
        assertEquals(Optional.empty(), sealer.open(sealer.seal("x".repeat(3100))));
    }

    @Test
    void acceptsNeitherCompressionNorOtherAlgorithmsEvenUnderTheRightKey() throws Exception {
        assertEquals(Optional.of("x"), sealer.open(foreign(jwe -> {})));
        assertEquals(Optional.empty(), sealer.open(foreign(jwe -> jwe.setHeader(HeaderParameterNames.ZIP, "DEF"))));
        assertEquals(Optional.empty(), sealer.open(foreign(jwe -> jwe.setKeyIdHeaderValue("1"))));
        assertEquals(
                Optional.empty(),
                sealer.open(foreign(jwe -> jwe.setEncryptionMethodHeaderParameter(
                        ContentEncryptionAlgorithmIdentifiers.AES_128_CBC_HMAC_SHA_256))));
        assertEquals(
                Optional.empty(),
                sealer.open(foreign(jwe -> jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.A256KW))));
    }

    @Test
    void sealsWhatAnyImplementationOfJweOpens() throws Exception {
        var jwe = new JsonWebEncryption();
        jwe.setKey(derivedKey());
        jwe.setCompactSerialization(sealer.seal("päge"));
        assertEquals("päge", jwe.getPayload());
        assertEquals("dir", jwe.getAlgorithmHeaderValue());
        assertEquals("A256GCM", jwe.getEncryptionMethodHeaderParameter());
    }

    private static Key derivedKey() throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var label = "org.oidcfilter cookie v1 " + PURPOSE;
        return new AesKey(mac.doFinal(label.getBytes(StandardCharsets.UTF_8)));
    }

    /** A JWE by somebody who knows the derived key. */
    private static String foreign(Consumer<JsonWebEncryption> change) throws Exception {
        var jwe = new JsonWebEncryption();
        jwe.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
        jwe.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        jwe.setKey(derivedKey());
        jwe.setPayload("x");
        change.accept(jwe);
        return jwe.getCompactSerialization();
    }
}
