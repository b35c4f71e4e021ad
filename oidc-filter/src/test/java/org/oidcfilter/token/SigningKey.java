// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * A key of the provider. Signs with the JCA alone, so that what jose4j accepts is compared with what somebody else made.
 */
public record SigningKey(KeyPair pair, String kid) {
    public static SigningKey rsa(String kid, int bits) {
        return generated("RSA", new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4), kid);
    }

    public static SigningKey ec(String kid, String curve) {
        return generated("EC", new ECGenParameterSpec(curve), kid);
    }

    public static SigningKey ed25519(String kid) {
        try {
            return new SigningKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), kid);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static SigningKey generated(String kind, AlgorithmParameterSpec size, String kid) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(size);
            return new SigningKey(generator.generateKeyPair(), kid);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The public key as a JWK. */
    public Map<String, Object> jwk() {
        return jwk(OutputControlLevel.PUBLIC_ONLY);
    }

    /** The key as a JWK, private part included: what a provider must never publish. */
    public Map<String, Object> privateJwk() {
        return jwk(OutputControlLevel.INCLUDE_PRIVATE);
    }

    private Map<String, Object> jwk(OutputControlLevel level) {
        try {
            var jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic());
            jwk.setPrivateKey(pair.getPrivate());
            var members = new HashMap<>(jwk.toParams(level));
            members.put("kid", kid);
            return members;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    /** The compact serialization of {@code header} and {@code payload}, signed by {@code alg} whatever the header says. */
    public String sign(String header, String payload, String alg) {
        return sign(header.getBytes(StandardCharsets.UTF_8), payload.getBytes(StandardCharsets.UTF_8), alg);
    }

    /** As {@link #sign(String, String, String)}, for what is no text. */
    public String sign(byte[] header, byte[] payload, String alg) {
        var input = base64Url(header) + "." + base64Url(payload);
        return input + "." + base64Url(signature(input.getBytes(StandardCharsets.US_ASCII), alg));
    }

    private byte[] signature(byte[] input, String alg) {
        try {
            var signature = Signature.getInstance(jcaName(alg));
            if (alg.startsWith("PS")) {
                signature.setParameter(pss(alg.substring(2)));
            }
            signature.initSign(pair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String jcaName(String alg) {
        return switch (alg.substring(0, 2)) {
            case "RS" -> "SHA" + alg.substring(2) + "withRSA";
            case "PS" -> "RSASSA-PSS";
            case "ES" -> "SHA" + alg.substring(2) + "withECDSAinP1363Format";
            default -> "Ed25519";
        };
    }

    private static PSSParameterSpec pss(String bits) {
        var hash = "SHA-" + bits;
        return new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1);
    }

    public static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** This key alone, found by its kid or without one. */
    public VerificationKeys alone() {
        return (algorithm, wanted) ->
                wanted.equals(Optional.of(kid)) || wanted.isEmpty() ? List.of(pair.getPublic()) : List.of();
    }
}
