// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.token.SigningKey;

/** Group ID of docs/attacks.md: signatures that careless arithmetic takes for genuine. */
class IdTokenSignatureAttacksTest {
    private IdTokenAttack attack;

    @BeforeEach
    void start() {
        attack = IdTokenAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    @ParameterizedTest
    @CsvSource({"ES256,secp256r1,32", "ES384,secp384r1,48", "ES512,secp521r1,66"})
    @Tag("ID-16")
    void refusesASignatureOfNothing(String algorithm, String curve, int size) throws Exception {
        attack.provider.signWith(algorithm);
        attack.believesToken(token -> token);
        var zero = new byte[size];
        var one = octets(BigInteger.ONE, size);
        var order = octets(order(curve), size);
        for (var pair : List.of(
                List.of(zero, zero),
                List.of(zero, order),
                List.of(order, zero),
                List.of(order, order),
                List.of(order, one),
                List.of(zero, one),
                List.of(one, zero),
                List.of(one, one),
                List.of(octets(order(curve).add(BigInteger.ONE), size), one))) {
            attack.refusesToken(Reason.TOKEN_SIGNATURE, token -> withSignature(token, pair.get(0), pair.get(1)));
        }
        attack.refusesToken(Reason.TOKEN_SIGNATURE, token -> withSignature(token, order, half(token, 1)));
        attack.refusesToken(Reason.TOKEN_SIGNATURE, token -> withSignature(token, half(token, 0), order));
        attack.refusesToken(Reason.TOKEN_SIGNATURE, token -> withSignature(token, zero, half(token, 1)));
    }

    @Test
    @Tag("ID-16")
    void warnsOfAJavaRuntimeThatTakesASignatureOfNothing() {
        for (var version : List.of("17", "17.0.2+8", "18", "18.0.0.1")) {
            assertTrue(
                    JavaRuntime.warning(Runtime.Version.parse(version))
                            .orElseThrow()
                            .contains("CVE-2022-21449"),
                    version);
        }
        for (var version : List.of("17.0.3+7", "17.0.15", "18.0.1", "19", "21.0.2", "25")) {
            assertTrue(JavaRuntime.warning(Runtime.Version.parse(version)).isEmpty(), version);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    @Tag("ID-17")
    void refusesAnEcdsaSignatureInDer(String algorithm) throws Exception {
        attack.provider.signWith(algorithm);
        attack.refusesToken(Reason.TOKEN_SIGNATURE, token -> withSignature(token, der(half(token, 0), half(token, 1))));
    }

    @ParameterizedTest
    @CsvSource({"ES256,64", "ES384,96", "ES512,132", "EdDSA,64"})
    @Tag("ID-17")
    void refusesASignatureOfAnotherLength(String algorithm, int length) throws Exception {
        attack.provider.signWith(algorithm);
        for (var other : List.of(length - 1, length + 1, length - 2, length + 2, length * 2, 1, 0)) {
            attack.refusesToken(
                    Reason.TOKEN_SIGNATURE, token -> withSignature(token, Arrays.copyOf(signature(token), other)));
        }
        attack.refusesToken(
                Reason.TOKEN_SIGNATURE,
                token -> withSignature(token, new byte[1], half(token, 0), new byte[1], half(token, 1)));
    }

    /** jose4j fills up each half of a shorter signature; a quarter of those by P-521 begin both halves with a zero. */
    @Test
    @Tag("ID-17")
    void refusesASignatureWithoutItsLeadingZeros() throws Exception {
        var key = SigningKey.ec("p521", "secp521r1");
        attack.provider.signWith("ES512");
        attack.publish(keys -> List.of(key.jwk()));
        attack.login.refusesLogin(
                Reason.TOKEN_SIGNATURE,
                () -> attack.provider.tokens(token -> withoutLeadingZeros(key, IdTokenAttack.claims(token))));
        attack.provider.tokens(token -> withLeadingZeros(key, IdTokenAttack.claims(token)));
        attack.login.completes(attack.login.callback());
    }

    private static String withoutLeadingZeros(SigningKey key, String claims) {
        var token = withLeadingZeros(key, claims);
        return withSignature(
                token, Arrays.copyOfRange(half(token, 0), 1, 66), Arrays.copyOfRange(half(token, 1), 1, 66));
    }

    private static String withLeadingZeros(SigningKey key, String claims) {
        String token;
        do {
            token = key.sign("{\"alg\":\"ES512\",\"kid\":\"p521\"}", claims, "ES512");
        } while (half(token, 0)[0] != 0 || half(token, 1)[0] != 0);
        return token;
    }

    private static BigInteger order(String curve) throws Exception {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        return parameters.getParameterSpec(ECParameterSpec.class).getOrder();
    }

    private static byte[] octets(BigInteger number, int size) {
        var octets = new byte[size];
        var plain = number.toByteArray();
        var used = Math.min(plain.length, size);
        System.arraycopy(plain, plain.length - used, octets, size - used, used);
        return octets;
    }

    private static byte[] signature(String token) {
        return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
    }

    private static byte[] half(String token, int which) {
        var signature = signature(token);
        var size = signature.length / 2;
        return Arrays.copyOfRange(signature, which * size, (which + 1) * size);
    }

    private static String withSignature(String token, byte[]... parts) {
        var signature = new ByteArrayOutputStream();
        for (var part : parts) {
            signature.writeBytes(part);
        }
        return token.substring(0, token.lastIndexOf('.') + 1) + SigningKey.base64Url(signature.toByteArray());
    }

    private static byte[] der(byte[] r, byte[] s) {
        var content = new ByteArrayOutputStream();
        for (var number : List.of(new BigInteger(1, r).toByteArray(), new BigInteger(1, s).toByteArray())) {
            content.writeBytes(new byte[] {2, (byte) number.length});
            content.writeBytes(number);
        }
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(
                content.size() > 127
                        ? new byte[] {0x30, (byte) 0x81, (byte) content.size()}
                        : new byte[] {0x30, (byte) content.size()});
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
