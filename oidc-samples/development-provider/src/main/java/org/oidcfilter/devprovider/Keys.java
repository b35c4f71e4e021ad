// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The provider's keys: one per algorithm and generation. */
final class Keys {
    static final List<String> ALGORITHMS =
            List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private final List<SigningKey> published = new ArrayList<>();
    private final List<SigningKey> withdrawn = new ArrayList<>();
    private final Map<String, SigningKey> current = new LinkedHashMap<>();
    private String algorithm = ALGORITHMS.get(0);

    Keys() {
        rotate();
    }

    synchronized void signWith(String chosen) {
        if (!ALGORITHMS.contains(chosen)) {
            throw new IllegalArgumentException("Cannot sign with " + chosen + ", only with " + ALGORITHMS);
        }
        algorithm = chosen;
    }

    /** Signs with new keys from now on; the old ones stay published. */
    synchronized void rotate() {
        try {
            for (SigningKey key : generation()) {
                current.put(key.algorithm(), key);
                published.add(key);
            }
        } catch (JoseException e) {
            throw new IllegalStateException("This Java runtime cannot make the keys", e);
        }
    }

    synchronized void withdrawOld() {
        published.stream().filter(key -> !current.containsValue(key)).forEach(withdrawn::add);
        published.retainAll(current.values());
    }

    /** The JSON Web Key Set (RFC 7517 section 5). */
    synchronized String jwks() {
        return JsonUtil.toJson(
                Map.of("keys", published.stream().map(SigningKey::publicJwk).toList()));
    }

    /** The header of an honest token of this type. */
    synchronized Map<String, Object> header(String type) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", algorithm);
        header.put("kid", signingKey(algorithm).kid());
        header.put("typ", type);
        return header;
    }

    /** Signs exactly these maps, see {@link IdTokenLie#tell}. */
    synchronized String sign(Map<String, ?> header, Map<String, ?> claims) {
        String stated = String.valueOf(header.get("alg"));
        String input = encode(JsonUtil.toJson(header).getBytes(UTF_8)) + "."
                + encode(JsonUtil.toJson(claims).getBytes(UTF_8));
        if (stated.equalsIgnoreCase("none")) {
            return input + ".";
        }
        try {
            return input + "." + encode(signingKey(stated).sign(input.getBytes(UTF_8)));
        } catch (JoseException e) {
            throw new IllegalStateException("Signing failed", e);
        }
    }

    /** The claims of a token that we signed, with keys old or new; empty for any other token. */
    synchronized Optional<Map<String, Object>> claimsOfOurs(String token) {
        List<String> parts = Form.split(token, '.');
        if (parts.size() != 3) {
            return Optional.empty();
        }
        try {
            Map<String, Object> header = JsonUtil.parseJson(decode(parts.get(0)));
            byte[] input = (parts.get(0) + "." + parts.get(1)).getBytes(UTF_8);
            byte[] signature = Base64.getUrlDecoder().decode(parts.get(2));
            for (SigningKey key : keysNamed(header.get("kid"))) {
                if (key.verifies(signature, input)) {
                    return Optional.of(JsonUtil.parseJson(decode(parts.get(1))));
                }
            }
        } catch (JoseException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private List<SigningKey> keysNamed(@Nullable Object kid) {
        var all = new ArrayList<>(published);
        all.addAll(withdrawn);
        return all.stream().filter(key -> key.kid().equals(kid)).toList();
    }

    private SigningKey signingKey(String stated) {
        SigningKey key = current.getOrDefault(stated, current.get(algorithm));
        if (key == null) {
            throw new IllegalStateException("There is no key for " + algorithm);
        }
        return key;
    }

    private static List<SigningKey> generation() throws JoseException {
        PublicJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
        var keys = new ArrayList<SigningKey>();
        for (String algorithm : ALGORITHMS) {
            keys.add(new SigningKey(algorithm + "-" + RandomText.ofBits(64), algorithm, pair(algorithm, rsa)));
        }
        return keys;
    }

    /** All RSA algorithms share one pair, because making one takes long and tests start many providers. */
    private static PublicJsonWebKey pair(String algorithm, PublicJsonWebKey rsa) throws JoseException {
        return switch (algorithm) {
            case "ES256" -> EcJwkGenerator.generateJwk(EllipticCurves.P256);
            case "ES384" -> EcJwkGenerator.generateJwk(EllipticCurves.P384);
            case "ES512" -> EcJwkGenerator.generateJwk(EllipticCurves.P521);
            case "EdDSA" -> OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            default -> rsa;
        };
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }
}
