// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.protocol.JsonObject;

/**
 * A public key of a JWK Set that is fit for verifying signatures (RFC 7517 section 4).
 *
 * @param key the key
 * @param kind {@code RSA} or the name of its curve
 * @param kid its {@code kid}, if it has one
 * @param algorithm the only {@code alg} it is meant for, if it says so
 */
record VerificationKey(PublicKey key, String kind, Optional<String> kid, Optional<String> algorithm) {
    private static final int MIN_RSA_BITS = 2048;
    private static final BigInteger MIN_RSA_EXPONENT = BigInteger.valueOf(3);
    private static final String ED25519 = "Ed25519";
    private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521", ED25519);

    /** 32 octets in base64url. jose4j would pad a shorter key with zeros. */
    private static final int ED25519_LENGTH = 43;

    /** The members that make a public key. The others are not shown to jose4j: certificates, private parts. */
    private static final Set<String> KEY_MEMBERS = Set.of("kty", "n", "e", "crv", "x", "y");

    /**
     * Reads one element of a JWK Set.
     *
     * @throws IllegalArgumentException if it is no key for signatures, or a weak or wrong one
     */
    static VerificationKey of(@Nullable Object element) {
        if (!(element instanceof Map<?, ?> members)) {
            throw new IllegalArgumentException("not an object");
        }
        var named = new HashMap<String, Object>();
        members.forEach((name, value) -> named.put(String.valueOf(name), value));
        return of(new JsonObject(named));
    }

    private static VerificationKey of(JsonObject jwk) {
        require(jwk.string("use").orElse("sig").equals("sig"), "its use is not sig");
        require(jwk.strings("key_ops").orElse(List.of("verify")).contains("verify"), "its key_ops lack verify");
        var kind = kind(jwk);
        var key = publicKey(jwk);
        requireSound(key);
        return new VerificationKey(key, kind, jwk.string("kid"), jwk.string("alg"));
    }

    private static String kind(JsonObject jwk) {
        var type = jwk.requiredString("kty");
        if (type.equals("RSA")) {
            return type;
        }
        require(type.equals("EC") || type.equals("OKP"), "unknown kty");
        var curve = jwk.requiredString("crv");
        require(CURVES.contains(curve) && type.equals("OKP") == curve.equals(ED25519), "unknown crv");
        require(
                !curve.equals(ED25519) || jwk.requiredString("x").length() == ED25519_LENGTH,
                "an Ed25519 key of the wrong length");
        return curve;
    }

    private static PublicKey publicKey(JsonObject jwk) {
        var members = new HashMap<>(jwk.members());
        members.keySet().retainAll(KEY_MEMBERS);
        try {
            return PublicJsonWebKey.Factory.newPublicJwk(members).getPublicKey();
        } catch (JoseException | RuntimeException e) {
            throw new IllegalArgumentException("not a key: " + e.getClass().getSimpleName(), e);
        }
    }

    private static void requireSound(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            require(rsa.getModulus().bitLength() >= MIN_RSA_BITS, "RSA with fewer than 2048 bits");
            var exponent = rsa.getPublicExponent();
            require(exponent.compareTo(MIN_RSA_EXPONENT) >= 0 && exponent.testBit(0), "RSA with a trivial exponent");
        } else if (key instanceof ECPublicKey ec) {
            require(isOnCurve(ec), "a point off its curve");
        }
    }

    /** y² = x³ + ax + b over the prime field: neither jose4j nor every JCA provider asks. */
    private static boolean isOnCurve(ECPublicKey key) {
        var curve = key.getParams().getCurve();
        var p = ((ECFieldFp) curve.getField()).getP();
        var x = key.getW().getAffineX();
        var y = key.getW().getAffineY();
        boolean inField = x.signum() >= 0 && x.compareTo(p) < 0 && y.signum() >= 0 && y.compareTo(p) < 0;
        var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        return inField && y.pow(2).mod(p).equals(right);
    }

    /** Whether a token with this {@code alg} and {@code kid} may have been signed by this key's other half. */
    boolean fits(SignatureAlgorithm tokenAlgorithm, Optional<String> tokenKid) {
        return kind.equals(tokenAlgorithm.keyKind())
                && algorithm.map(tokenAlgorithm.identifier()::equals).orElse(true)
                && (tokenKid.isEmpty() || tokenKid.equals(kid));
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }
}
