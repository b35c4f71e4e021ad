// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolesTest {
    @Test
    void theStepsFollowEachOtherInOneOrder() {
        var roles = new ConfiguredRoles(Map.of(
                "oidc.roles-claim", "groups, more",
                "oidc.role-pattern", "/shop/([a-z]+)",
                "oidc.role-names", "admins = admin, user; clerks = clerk",
                "oidc.role-prefix", "ROLE_",
                "oidc.scope", "openid orders",
                "oidc.scope-role-prefix", "SCOPE_"));
        var claims = Map.<String, Object>of(
                "groups", List.of("/shop/admins", "/chess/admins", "admins"), "more", "/shop/clerks");
        assertEquals(
                Set.of("ROLE_admin", "ROLE_user", "ROLE_clerk", "SCOPE_openid", "SCOPE_orders"),
                roles.of(claims, Optional.of("openid orders")));
    }

    @Test
    void withoutSettingsRolesAreThoseOfTheProvider() {
        var roles = new ConfiguredRoles(Map.of());
        assertEquals(
                Set.of("admin", "user", "Some One"),
                roles.of(
                        Map.of("roles", List.of("admin", "Some One"), "realm_access", Map.of("roles", List.of("user"))),
                        Optional.of("openid orders")));
    }

    @Test
    void theRolesOfAllClaimsCount() {
        var roles = new ConfiguredRoles(Map.of("oidc.roles-claim", "a, b.c, d"));
        assertEquals(Set.of("1", "2"), roles.of(Map.of("a", List.of(), "b", Map.of("c", "1"), "d", List.of("2", "1"))));
        assertEquals(Set.of(), roles.of(Map.of("x", "1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "*", "**", "a\nb", "\u0000", "a\u0085", "\t"})
    void whatCanBeNoRoleIsNone(String name) {
        assertEquals(Set.of("user"), new ConfiguredRoles(Map.of()).of(Map.of("roles", List.of(name, "user"))));
        var emptied = new ConfiguredRoles(Map.of("oidc.role-pattern", "x(.*)", "oidc.role-prefix", "R_"));
        assertEquals(Set.of("R_user"), emptied.of(Map.of("roles", List.of("x" + name, "xuser"))));
    }

    @Test
    void aPrefixMakesNoWildcardAndNoEndlessName() {
        var starred = new ConfiguredRoles(Map.of("oidc.role-prefix", "-*"));
        assertEquals(Set.of("-*a"), starred.of(Map.of("roles", List.of("*", "a", "x".repeat(999)))));
        assertEquals(Set.of(), new ConfiguredRoles(Map.of()).of(Map.of("roles", "x".repeat(1001))));
        assertEquals(
                1,
                new ConfiguredRoles(Map.of())
                        .of(Map.of("roles", "x".repeat(1000)))
                        .size());
    }

    /** Not what was asked for: that went through the browser, where anybody could change it (CVE-2022-31690). */
    @Test
    @Tag("TE-10")
    void onlyScopesThatTheTokenResponseNamesAreRoles() {
        var roles = new ConfiguredRoles(Map.of("oidc.scope", "openid admin", "oidc.scope-role-prefix", "SCOPE_"));
        assertEquals(Set.of("SCOPE_openid"), roles.of(Map.of(), Optional.of("openid")));
        assertEquals(Set.of(), roles.of(Map.of(), Optional.empty()));
        assertEquals(Set.of(), roles.of(Map.of(), Optional.of(" ")));
        assertEquals(Set.of("SCOPE_admin"), roles.of(Map.of(), Optional.of(" admin  openid\tx ")));
    }

    /** More can be put into the request on its way through the browser, and be granted. */
    @Test
    @Tag("TE-10")
    void onlyScopesThatTheOperatorAsksForAreRoles() {
        var roles = new ConfiguredRoles(Map.of("oidc.scope", "openid orders", "oidc.scope-role-prefix", "SCOPE_"));
        var granted = Optional.of("openid orders admin Orders order orders2");
        assertEquals(Set.of("SCOPE_openid", "SCOPE_orders"), roles.of(Map.of(), granted));
        assertEquals(Set.of("SCOPE_openid", "SCOPE_orders"), roles.again(Map.of(), granted, Set.of()));
        assertEquals(
                Set.of("SCOPE_openid"),
                roles.again(Map.of(), Optional.empty(), Set.of("SCOPE_openid", "SCOPE_admin")),
                "nor those of a session that is older than the setting");
    }

    @Test
    @Tag("RC-03")
    void noRoleOfAClaimPassesForAScope() {
        var settings = Map.of("oidc.scope-role-prefix", "SCOPE_", "oidc.role-prefix", "SCO");
        var roles = new ConfiguredRoles(settings);
        assertEquals(
                Set.of("SCOSCOPE_admin", "SCOPE_openid"),
                roles.of(Map.of("roles", List.of("PE_admin", "SCOPE_admin")), Optional.of("openid")));
        assertEquals(
                Set.of(),
                new ConfiguredRoles(Map.of("oidc.scope-role-prefix", "SCOPE_"))
                        .of(Map.of("roles", "SCOPE_admin"), Optional.of("")));
    }

    @Test
    void aRefreshFindsTheRolesOfTheNewClaimsAndKeepsScopesThatItDoesNotName() {
        var roles = new ConfiguredRoles(Map.of("oidc.scope", "openid orders", "oidc.scope-role-prefix", "SCOPE_"));
        var before = Set.of("admin", "user", "SCOPE_openid", "SCOPE_orders");
        var claims = Map.<String, Object>of("roles", List.of("user"));
        assertEquals(Set.of("user", "SCOPE_openid", "SCOPE_orders"), roles.again(claims, Optional.empty(), before));
        assertEquals(Set.of("user", "SCOPE_openid"), roles.again(claims, Optional.of("openid"), before));
        assertEquals(Set.of("user"), new ConfiguredRoles(Map.of()).again(claims, Optional.empty(), before));
    }

    @Test
    @Tag("RC-09")
    void aClaimThatHasToBeFetchedElsewhereGivesNoRolesAndAWarning() {
        var roles = new ConfiguredRoles(Map.of("oidc.roles-claim", "groups"));
        var claims = Map.<String, Object>of(
                "_claim_names", Map.of("groups", "src1"),
                "_claim_sources", Map.of("src1", Map.of("endpoint", "https://graph.example/alice/memberObjects")));
        try (var log = new LogRecorder()) {
            assertEquals(Set.of(), roles.of(claims));
            assertEquals(Set.of(), new ConfiguredRoles(Map.of()).of(claims));
            assertEquals(
                    1,
                    log.lines().stream()
                            .filter(line -> line.contains("claim groups"))
                            .count(),
                    log.lines()::toString);
            assertEquals(
                    0,
                    log.lines().stream().filter(line -> line.contains("alice")).count());
            var sent = new HashMap<>(claims);
            sent.put("groups", List.of("staff"));
            var before = log.lines().size();
            assertEquals(Set.of("staff"), roles.of(sent));
            assertEquals(before, log.lines().size(), "it is there");
        }
    }
}
