// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Repository;
import org.oidcfilter.protocol.Json;

/** The recipes of docs/guides/roles.md, with claims as the providers document them. */
class RoleRecipesTest {
    private static final Pattern RECIPE = Pattern.compile("(?m)^### (.+)\\n\\n```properties\\n((?s:.+?))\\n```$");

    /** What a provider says of somebody, and the roles that follow. */
    private record Sample(String claims, Set<String> roles) {}

    private static final Map<String, Sample> SAMPLES = Map.ofEntries(
            Map.entry("Keycloak", new Sample("""
                    {"realm_access":{"roles":["offline_access","admin"]},
                     "resource_access":{"shop":{"roles":["clerk"]},"account":{"roles":["manage-account"]}}}""", Set.of("offline_access", "admin", "clerk"))),
            Map.entry("Keycloak, groups", new Sample("""
                    {"groups":["/shop/admin","/chess/boss","/shop/admin/eu","/shop"],"realm_access":{"roles":["other"]}}""", Set.of("admin"))),
            Map.entry("Microsoft Entra ID, app roles", new Sample("""
                    {"roles":["Shop.User","Other.Admin"],"tid":"9188040d-6c67-4c5b-b112-36a304b66dad"}""", Set.of("user"))),
            Map.entry("Microsoft Entra ID, groups", new Sample("""
                    {"groups":["8d1e9cbb-0a4b-4a5c-9d6e-2f1a7c3b5e90","00000000-0a4b-4a5c-9d6e-2f1a7c3b5e90"]}""", Set.of("admin"))),
            Map.entry("Okta", new Sample("""
                    {"groups":["Everyone","shop-admin","shop-user"]}""", Set.of("admin", "user"))),
            Map.entry("Auth0", new Sample("""
                    {"https://shop.example.com/roles":["admin"],"roles":["boss"]}""", Set.of("admin"))),
            Map.entry("Amazon Cognito", new Sample("""
                    {"cognito:groups":["admin"],"cognito:roles":["arn:aws:iam::1:role/x"]}""", Set.of("admin"))),
            Map.entry("GitLab", new Sample("""
                    {"groups":["acme","acme/shop"],"groups_direct":["acme/shop"],
                     "https://gitlab.org/claims/groups/maintainer":["acme/shop","mallory/admin"]}""", Set.of("admin"))),
            Map.entry("ZITADEL", new Sample("""
                    {"urn:zitadel:iam:org:project:roles":{"admin":{"2178":"acme.example"},"user":{"2178":"acme.example"}}}""", Set.of("admin", "user"))),
            Map.entry("Google", new Sample("""
                    {"hd":"example.com","email":"alice@example.com"}""", Set.of("staff"))),
            Map.entry("Active Directory groups by their distinguished names", new Sample("""
                    {"memberOf":["CN=shop-admin,OU=Groups,DC=example,DC=com","CN=shop-x,OU=Mine,DC=example,DC=com"]}""", Set.of("admin"))));

    @Test
    void everyRecipeGivesTheRolesThatItPromises() throws IOException {
        var recipes = recipes();
        assertEquals(SAMPLES.keySet(), recipes.keySet());
        for (var recipe : recipes.entrySet()) {
            var sample = SAMPLES.getOrDefault(recipe.getKey(), new Sample("{}", Set.of()));
            assertEquals(
                    sample.roles(),
                    new ConfiguredRoles(recipe.getValue()).of(Json.parse(sample.claims())),
                    recipe.getKey());
        }
    }

    @Test
    void nobodyHasRolesByARecipeOfAnotherProvider() throws IOException {
        var nobody = Json.parse("{\"sub\":\"alice\",\"name\":\"admin\",\"hd\":\"evil.example\",\"role\":\"admin\"}");
        for (var recipe : recipes().entrySet()) {
            assertEquals(Set.of(), new ConfiguredRoles(recipe.getValue()).of(nobody), recipe.getKey());
        }
    }

    @Test
    void theTableOfTheGuideIsReadAsItSays() throws IOException {
        var line = guide().lines()
                .filter(text -> text.startsWith("oidc.role-names=staff"))
                .findFirst()
                .orElseThrow();
        var roles = new ConfiguredRoles(properties(line));
        assertEquals(
                Set.of("user", "clerk", "admin"),
                roles.of(Map.of("roles", List.of("staff", "CN=Shop Admins,OU=Groups", "other"))));
    }

    private static Map<String, Map<String, String>> recipes() throws IOException {
        var recipes = new LinkedHashMap<String, Map<String, String>>();
        for (var recipe : RECIPE.matcher(guide()).results().toList()) {
            recipes.put(recipe.group(1), properties(recipe.group(2)));
        }
        assertTrue(recipes.size() > 5);
        return recipes;
    }

    private static Map<String, String> properties(String text) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(text));
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static String guide() throws IOException {
        return Files.readString(Repository.root().resolve("docs/guides/roles.md"));
    }
}
