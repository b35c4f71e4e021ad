// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.protocol.Json;

class RolesFuzzTest {
    private static final List<String> SETTINGS =
            List.of("oidc.roles-claim", "oidc.role-pattern", "oidc.role-names", "oidc.role-prefix");

    private static final List<String> ASKED = List.of("openid", "orders", "*", "**");

    /** Four lines of settings, of which a blank one is none, one with the granted scopes; the rest is the claims. */
    @FuzzTest(maxDuration = "10m")
    void nobodyIsEverybodyAndNoClaimIsAScope(byte[] bytes) {
        var lines = new String(bytes, StandardCharsets.UTF_8).split("\n", SETTINGS.size() + 2);
        if (lines.length < SETTINGS.size() + 2) {
            return;
        }
        var scope = lines[SETTINGS.size()];
        roles(lines).ifPresent(roles -> claims(lines[SETTINGS.size() + 1]).ifPresent(claims -> {
            var found = roles.of(claims, Optional.of(scope));
            found.forEach(RolesFuzzTest::requireName);
            var ofScope = roles.of(Map.of(), Optional.of(scope));
            require(found.containsAll(ofScope), "a scope that claims take away");
            require(
                    found.stream().filter(role -> role.startsWith("SCOPE_")).allMatch(ofScope::contains),
                    "a claim that passes for a scope");
            var granted = List.of(scope.split(" ", -1));
            require(
                    ofScope.stream()
                            .map(role -> role.substring("SCOPE_".length()))
                            .allMatch(name -> granted.contains(name) && ASKED.contains(name)),
                    "a scope that was not granted or not asked for");
            require(roles.of(claims, Optional.of(scope)).equals(found), "not the same twice");
        }));
    }

    private static void requireName(String role) {
        require(!role.isBlank() && !role.equals("*") && !role.equals("**"), "no name of a role: " + role);
        require(role.length() <= 1000 && role.chars().noneMatch(Character::isISOControl), "no name of a role: " + role);
    }

    private static Optional<ConfiguredRoles> roles(String[] lines) {
        var settings = new HashMap<String, String>(
                Map.of("oidc.scope-role-prefix", "SCOPE_", "oidc.scope", String.join(" ", ASKED)));
        for (var i = 0; i < SETTINGS.size(); i++) {
            if (!lines[i].isBlank()) {
                settings.put(SETTINGS.get(i), lines[i]);
            }
        }
        try {
            return Optional.of(new ConfiguredRoles(settings));
        } catch (ConfigurationException e) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, Object>> claims(String json) {
        try {
            return Optional.of(Json.parse(json));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
