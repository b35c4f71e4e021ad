// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.Set;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/** Keys that are the same in every run, so that a stored token stays genuine. */
final class KnownKeys {
    /** The key of RFC 8037 appendix A, whose private half everybody knows. Its signatures are the same each time. */
    static final SigningKey ED = ed25519("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");

    static final Set<String> ALGORITHMS = Set.of("RS256", "ES256", "EdDSA");

    /** The public half of a key whose private half signed {@link #GENUINE_RS256} and was forgotten. */
    private static final String RSA =
            "{\"e\":\"AQAB\",\"kid\":\"k1\",\"kty\":\"RSA\",\"n\":\"6gL8nkMbFmHGk6oaY2c6PjNWb3oZrPuSZ_ni3tCQaOlfRs4BWUs6VpuP"
                    + "fjZiv_OWCleUDLlEcRIFTVNmdN537iGA0fR34HIJj5M9XJ4EGaXVbGEPDrUCjJP2YtDtYaxArwD4vIrCJ5y71eWaGVjKtRwv"
                    + "H_hI8aMuH67QYn54yK8OzdbVMsolU9p3szFRgCJvUB0M9Z4tnqGMQYSip10Xf-Qg9x6jrponrNVzstZ4V2UTPU2MzFs1vKUk"
                    + "PRyAa8u9sbZSzATL5wZ4O7pz09rFuuHxvkW7KU_BYUdfjv2kdKFnjKuKxnuaxTKlT18NE26BaoTi2767Nss280ndOy9VsQ\"}";

    private static final String EC =
            "{\"crv\":\"P-256\",\"kid\":\"ec\",\"kty\":\"EC\",\"x\":\"glHUwbEFHcgGdHfIg0Z8jjmOAj3yNojDfMRNdwoX5Fc\",\"y\":\"C8go"
                    + "PBlJWB9B62PoXKEBY61zX1DaRD-khE7p57LJkCc\"}";

    static final Jwks JWKS = Jwks.parse("{\"keys\":[" + RSA + "," + EC + "," + Json.write(ED.jwk()) + "]}");

    /** The valid sample, signed. */
    static final String GENUINE_RS256 =
            "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImsxIn0.eyJpc3MiOiJodHRwczovL29wLnRlc3QiLCJzdWIiOiJh"
                    + "bGljZSIsImF1ZCI6ImMxIiwiZXhwIjoxNzk1MjYyNzAwLCJpYXQiOjE3OTUyNjIzOTUsIm5vbmNlIjoibi0wUzZfV3pBMk1q"
                    + "In0.Ky2ytxSdPywh_vip1V-Dz-6ko1h_ldOWB1bDc7zaExZF0oJUNHhXofS0mseFxCpn0OiM6rSuryRq2q9p3F9MrPXU4fib"
                    + "rFydQBpjWnRa4OxyGTFBgFiHDwnJRG55HzO7IVaKPaU26EyrBiF9jzU9MkKFnZ4Px0Ev5pU8Clhe-d81cLRkZe82gl3-1aIZ"
                    + "wRUJNYibF15XEPSbpMhn6zUVDvHAyqY6_TAmQyVF25Ci3MFpL0tQ0IpSI_Yc1VZvo8xvW8dyWg5UiZ8TxavABjJ4fvAyJDJk"
                    + "hX77WaVbStaARhSEGEYB4_5wE2qnrGWbEgTRxBUlHm1OkP1Tgo_CqtSkcg";

    /** A key of ours that is good for nothing else. */
    private static final String OURS =
            "{\"crv\":\"P-256\",\"d\":\"qXlYRlgIkqS_C628WpPBI7x6ukUIdsgMfB3s__qNB4w\",\"kid\":\"ours\",\"kty\":\"EC\",\"x\":\"U7"
                    + "Ql47S_uhPpbhUZZnhhM9xjTEAwt2DBNHIPfg54jZA\",\"y\":\"kJk4RSWMcad88FZCsxT_Adh_ebevvpY0eq3oUBo3kkE\"}";

    static final Decryption DECRYPTION =
            Decryption.with(DecryptionKeys.parse(Secret.of("{\"keys\":[" + OURS + "]}")), false);

    /** {@link #GENUINE_RS256}, encrypted to our key once: encrypting it again gives another text. */
    static final String GENUINE_ENCRYPTED =
            "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTEyOEdDTSIsImtpZCI6Im91cnMiLCJjdHkiOiJKV1QiLCJlcGsiOnsia3R5Ijoi"
                    + "RUMiLCJ4IjoiYUhFbjBCZlBXc1p6VjJIX0JWWFVQRkFTaUhPeVR5bFd5TnZqaDB4WXc0NCIsInkiOiJscDdFWnhiRHpyMXBP"
                    + "ZDZrTWg4US14MENCdkVaN2ZlWHYyanJzWDBIa0o0IiwiY3J2IjoiUC0yNTYifX0..gIRoqcCUrzFRg3HA.-tzRLZMY95A6a9"
                    + "eZcBxOwIfy-X1Gz3vhgNPau7h2E_d7scLpaurnRL_t98IwChXNITW0c9vFoFfglrPkoLki1wuUUzUmD3KdQQm3i7BKGYZJhg"
                    + "nzgaR7GXREkmkteUrnYlY9ALJSdnsOw3sMyoFZsLH4ggpLQthNWT9COL3JKSUduVyyAjhcuwG9d0TFiaARIxoF9JdhM31cZi"
                    + "5ulD418pafdFo1fSX9WmziFC6gfJzol9zUaLTI0gsazR7EMxizTj80QxTB7X0AqsD6gYcVTgY2kZOtifsdAxyfgTptNUaLTG"
                    + "I1lqtuta4Sigoqz9rDp35zt0oE2bvebLqoPaKdyPMROmmi6v-xJChFayleOo8VJuXhBYo925p4Gfd0p94nV9A_phcQyp7mh7"
                    + "urBzovazdCiuWtP0zf8gQn3xQXw3wDkFYJlMgd8ha47nEJoMiQTRuTxY3xJL59lt71AtECaX1UHBzUD6J5G2B3qVHfg1Pd17"
                    + "PH8m0aq88naR3Y95Pf3dV3Ot4ehHO8VywMgzadlPAkscjTEAcQ4c2k4Su0PYk32R6M0r8rVZHwytc4ryQU8SImrKF93cSa1V"
                    + "D2xbKOKqnhUwNld1HoIaSbciHeit09ARrDWOddMs2ICQGpKfJaMkKCReKUQ_rSJSNaYr8n807jRAKi4TMmzeCQOfloH_pdAE"
                    + "0KPj0Rome0fPjPGFlXAdBlDyWo6Qdo8A.v5vnh4EUAYv6PUN_QcHfxw";

    private KnownKeys() {}

    /** The valid sample, signed by {@link #ED}. */
    static String genuineEdDsa() {
        return signed(
                "{\"alg\":\"EdDSA\",\"kid\":\"ed\",\"typ\":\"JWT\"}",
                Json.write(SampleToken.valid().claims()));
    }

    /** The tokens that are to be believed, and no others that the fuzzer can make up. */
    static Set<String> genuine() {
        return Set.of(GENUINE_RS256, GENUINE_ENCRYPTED, genuineEdDsa());
    }

    /** The genuine encrypted token with another header. */
    static String encrypted(String header) {
        return SigningKey.base64Url(header.getBytes(StandardCharsets.UTF_8))
                + GENUINE_ENCRYPTED.substring(GENUINE_ENCRYPTED.indexOf('.'));
    }

    /** {@code token}, encrypted to our key; another text each time. */
    static Secret encryptedToUs(Secret token) {
        try {
            var jwe = new JsonWebEncryption();
            jwe.setAlgorithmHeaderValue("ECDH-ES");
            jwe.setEncryptionMethodHeaderParameter("A128GCM");
            jwe.setKeyIdHeaderValue("ours");
            jwe.setContentTypeHeaderValue("logout+jwt");
            jwe.setKey(PublicJsonWebKey.Factory.newPublicJwk(OURS).getPublicKey());
            jwe.setPayload(token.reveal());
            return Secret.of(jwe.getCompactSerialization());
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    static String signed(String header, String payload) {
        return ED.sign(header, payload, "EdDSA");
    }

    private static SigningKey ed25519(String d) {
        try {
            var factory = KeyFactory.getInstance("Ed25519");
            var privateKey = factory.generatePrivate(new EdECPrivateKeySpec(
                    NamedParameterSpec.ED25519, Base64.getUrlDecoder().decode(d)));
            return new SigningKey(new KeyPair(publicKey(factory), privateKey), "ed");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static EdECPublicKey publicKey(KeyFactory factory) throws GeneralSecurityException {
        var reversed = Base64.getUrlDecoder().decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        for (int i = 0; i < reversed.length / 2; i++) {
            var swapped = reversed[i];
            reversed[i] = reversed[reversed.length - 1 - i];
            reversed[reversed.length - 1 - i] = swapped;
        }
        var odd = (reversed[0] & 0x80) != 0;
        reversed[0] &= 0x7F;
        var point = new EdECPoint(odd, new BigInteger(1, reversed));
        return (EdECPublicKey) factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }
}
