// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.KeyAgreement;
import org.oidcfilter.OtherJson;
import org.oidcfilter.Reason;
import org.oidcfilter.Verdict;
import org.oidcfilter.protocol.Json;

class JwksFuzzTest {
    private static final Map<String, Integer> FIELD_BITS = Map.of("ES256", 256, "ES384", 384, "ES512", 521);
    private static final String OURS = "a kid that nobody else would choose";

    @FuzzTest(maxDuration = "10m")
    void yieldsSoundKeysOnlyAndLosesNoGoodOne(byte[] bytes) {
        var json = new String(bytes, StandardCharsets.UTF_8);
        Verdict.on(() -> Jwks.parse(json), Set.of(Reason.PROVIDER_JSON)).ifPresent(jwks -> {
            var elements = (List<?>) OtherJson.read(json).getOrDefault("keys", List.of());
            require(jwks.size() <= elements.size(), "more keys than there are");
            for (var algorithm : SignatureAlgorithm.values()) {
                jwks.find(algorithm.identifier(), Optional.empty())
                        .forEach(key -> requireSound(algorithm.identifier(), key));
            }
            assertEquals(List.of(), jwks.find("none", Optional.empty()));
            requireGoodKeyIsKept(json, elements);
        });
    }

    private static void requireGoodKeyIsKept(String json, List<?> elements) {
        var good = new LinkedHashMap<>(KnownKeys.ED.jwk());
        good.put("kid", OURS);
        var more = new ArrayList<Object>(elements);
        more.add(good);
        var document = new LinkedHashMap<>(Json.parse(json));
        document.put("keys", more);
        var found = Jwks.parse(Json.write(document)).find("EdDSA", Optional.of(OURS));
        assertTrue(found.contains(KnownKeys.ED.pair().getPublic()), "an odd key takes a good one away");
    }

    private static void requireSound(String algorithm, PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            require(algorithm.matches("[RP]S(256|384|512)"), "RSA for " + algorithm);
            require(rsa.getModulus().bitLength() >= 2048, "weak RSA");
            require(
                    rsa.getPublicExponent().intValue() > 1
                            || rsa.getPublicExponent().bitLength() > 31,
                    "exponent");
        } else if (key instanceof ECPublicKey ec) {
            var bits = ec.getParams().getCurve().getField().getFieldSize();
            assertEquals(FIELD_BITS.get(algorithm), bits);
            requireOnCurve(ec);
        } else {
            require(key instanceof EdECPublicKey && algorithm.equals("EdDSA"), "not a key for " + algorithm);
        }
    }

    /** The JCA's key agreement looks at a foreign point before it uses it. */
    private static void requireOnCurve(ECPublicKey key) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(key.getParams());
            var agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(generator.generateKeyPair().getPrivate());
            agreement.doPhase(key, true);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("a point off its curve", e);
        }
    }
}
