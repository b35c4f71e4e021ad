// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.config.OidcConfig;

/** Roles as some settings have them found, without a login. */
final class ConfiguredRoles {
    private static final String ISSUER = "https://id.example.com";

    private final Roles roles;

    ConfiguredRoles(Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("oidc.issuer", ISSUER);
        all.put("oidc.client-id", "shop");
        var source = new PropertiesConfigSource(all, "test", 100);
        var config = new SmallRyeConfigBuilder().withSources(source).build();
        roles = new ConfiguredCallers(OidcConfig.load(config, Map.of()), event -> {}, Clock.systemUTC())
                .rules()
                .roles();
    }

    /** Of a login whose ID token has {@code claims}. */
    Set<String> of(Map<String, Object> claims) {
        return roles.atLogin(person(claims), Optional.empty());
    }

    /** Of a login that was granted {@code scope}. */
    Set<String> of(Map<String, Object> claims, Optional<String> scope) {
        return roles.atLogin(person(claims), scope);
    }

    /** Of a refresh that brings {@code claims}. */
    Set<String> again(Map<String, Object> claims, Optional<String> scope, Set<String> before) {
        var then = SessionClaims.of(Map.of(), Map.of());
        return roles.atRefresh(person(claims), scope, new Roles.Before(then, before));
    }

    private static Roles.Person person(Map<String, Object> claims) {
        return new Roles.Person(ISSUER, "alice", "Alice", SessionClaims.of(claims, Map.of()));
    }
}
