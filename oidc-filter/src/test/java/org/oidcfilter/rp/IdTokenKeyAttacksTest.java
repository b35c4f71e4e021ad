// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.Reason;
import org.oidcfilter.token.SigningKey;

/** Group ID of docs/attacks.md: the provider publishes keys that are weak or wrong. */
class IdTokenKeyAttacksTest {
    private IdTokenAttack attack;

    @BeforeEach
    void start() {
        attack = IdTokenAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    @Test
    @Tag("ID-15")
    void refusesASignatureByAShortRsaKey() throws Exception {
        var weak = SigningKey.rsa("weak", 1024);
        var header = "{\"alg\":\"RS256\",\"kid\":\"weak\"}";
        attack.publish(keys -> List.of(weak.jwk()));
        refusesBy(weak, header);
        refusesBy(weak, "{\"alg\":\"RS256\"}");
        attack.publish(keys -> List.of(weak.jwk(), IdTokenAttack.KEY.jwk()));
        refusesBy(weak, header);
    }

    private void refusesBy(SigningKey key, String header) throws Exception {
        attack.login.refusesLogin(
                Reason.TOKEN_KEY_UNKNOWN,
                () -> attack.provider.tokens(token -> key.sign(header, IdTokenAttack.claims(token), "RS256")));
    }

    @Test
    @Tag("ID-18")
    void refusesAKeyWhosePointIsOffItsCurve() throws Exception {
        attack.provider.signWith("ES256");
        refusesAfterEdit("ES256", jwk -> {
            var y = Base64.getUrlDecoder().decode(String.valueOf(jwk.get("y")));
            y[31] ^= 1;
            jwk.put("y", SigningKey.base64Url(y));
            return jwk;
        });
        refusesAfterEdit("ES256", jwk -> {
            jwk.putAll(Map.of("x", "AA", "y", "AA"));
            return jwk;
        });
    }

    @ParameterizedTest
    @CsvSource({"ES256,secp384r1", "ES256,secp521r1", "ES512,secp256r1", "ES384,secp256r1"})
    @Tag("ID-19")
    void refusesAKeyOfAnotherCurveThanTheAlgorithms(String algorithm, String curve) throws Exception {
        var other = SigningKey.ec("x", curve).jwk();
        attack.provider.signWith(algorithm);
        refusesAfterEdit(algorithm, jwk -> {
            for (var member : List.of("crv", "x", "y")) {
                jwk.put(member, Objects.requireNonNull(other.get(member)));
            }
            return jwk;
        });
    }

    /** The key's own signature, too: ES256 by a key of P-384. */
    @Test
    @Tag("ID-19")
    void refusesWhatAKeyOfAnotherCurveReallySigned() throws Exception {
        var p384 = SigningKey.ec("p384", "secp384r1");
        attack.publish(keys -> List.of(p384.jwk()));
        attack.login.refusesLogin(
                Reason.TOKEN_KEY_UNKNOWN,
                () -> attack.provider.tokens(token ->
                        p384.sign("{\"alg\":\"ES256\",\"kid\":\"p384\"}", IdTokenAttack.claims(token), "ES256")));
    }

    /** The published key for {@code algorithm} is changed, under its own name and under its algorithm or none. */
    private void refusesAfterEdit(String algorithm, UnaryOperator<Map<String, Object>> edit) throws Exception {
        for (var keepsAlgorithm : List.of(true, false)) {
            attack.publish(keys -> edited(keys, algorithm, jwk -> {
                var changed = edit.apply(jwk);
                if (!keepsAlgorithm) {
                    changed.remove("alg");
                }
                return changed;
            }));
            attack.login.refusesLogin(Reason.TOKEN_KEY_UNKNOWN, () -> {});
        }
        assertEquals(0, attack.login.browser.session.begun.get());
    }

    private static List<Object> edited(List<Object> keys, String algorithm, UnaryOperator<Map<String, Object>> edit) {
        var changed = new ArrayList<Object>();
        for (var key : keys) {
            var jwk = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) key).forEach((name, value) -> jwk.put(String.valueOf(name), value));
            changed.add(algorithm.equals(jwk.get("alg")) ? edit.apply(jwk) : jwk);
        }
        return changed;
    }
}
