// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.SignatureSpi;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

/** With a Java runtime that takes any ECDSA signature for good, as some took one of zeros (CVE-2022-21449). */
class CredulousJavaRuntimeTest {
    private final Provider credulous = new Credulous();

    @BeforeEach
    void install() {
        Security.insertProviderAt(credulous, 1);
    }

    @AfterEach
    void remove() {
        Security.removeProvider(credulous.getName());
    }

    @ParameterizedTest
    @CsvSource({"ES256,secp256r1,32", "ES384,secp384r1,48", "ES512,secp521r1,66"})
    @Tag("ID-16")
    void neverSeesASignatureOfNothing(String algorithm, String curve, int size) {
        var key = SigningKey.ec("e1", curve);
        var order = ((ECPublicKey) key.pair().getPublic()).getParams().getOrder();
        var zero = BigInteger.ZERO;
        var one = BigInteger.ONE;
        assertDoesNotThrow(() -> verify(key, algorithm, octets(one, size), octets(one, size)), "believed unseen");
        for (var pair : List.of(
                List.of(zero, zero),
                List.of(zero, one),
                List.of(one, zero),
                List.of(order, one),
                List.of(one, order),
                List.of(order, order))) {
            var refusal = assertThrows(
                    InvalidResponseException.class,
                    () -> verify(key, algorithm, octets(pair.get(0), size), octets(pair.get(1), size)),
                    pair::toString);
            assertEquals(Reason.TOKEN_SIGNATURE, refusal.reason());
        }
    }

    private static void verify(SigningKey key, String algorithm, byte[] r, byte[] s) {
        var token = SampleToken.valid()
                .withHeader("alg", algorithm)
                .withHeader("kid", key.kid())
                .signed()
                .reveal();
        var signature = Arrays.copyOf(r, r.length + s.length);
        System.arraycopy(s, 0, signature, r.length, s.length);
        var forged = token.substring(0, token.lastIndexOf('.') + 1) + SigningKey.base64Url(signature);
        new JwtVerifier(key.alone())
                .verifySignature(SignedJwt.parse(Secret.of(forged), Set.of(algorithm), JoseHeader.JWT));
    }

    private static byte[] octets(BigInteger number, int size) {
        var octets = new byte[size];
        var shortest = number.toByteArray();
        int length = Math.min(size, shortest.length);
        System.arraycopy(shortest, shortest.length - length, octets, size - length, length);
        return octets;
    }

    private static final class Credulous extends Provider {
        private static final long serialVersionUID = 1L;

        Credulous() {
            super("Credulous", "1", "takes any ECDSA signature for good");
            for (var bits : List.of("256", "384", "512")) {
                putService(new Service(
                        this,
                        "Signature",
                        "SHA" + bits + "withECDSA",
                        AnySignature.class.getName(),
                        List.of(),
                        Map.of()));
            }
        }
    }

    /** Public for the Java runtime. */
    public static final class AnySignature extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineUpdate(byte octet) {}

        @Override
        protected void engineUpdate(byte[] octets, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
