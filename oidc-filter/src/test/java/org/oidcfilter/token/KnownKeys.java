// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.math.BigInteger;
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

    private KnownKeys() {}

    /** The valid sample, signed by {@link #ED}. */
    static String genuineEdDsa() {
        return signed(
                "{\"alg\":\"EdDSA\",\"kid\":\"ed\",\"typ\":\"JWT\"}",
                Json.write(SampleToken.valid().claims()));
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
