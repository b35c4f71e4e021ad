// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.RoleMapper;
import org.oidcfilter.config.RoleNames.Others;

class RolesConfigTest {
    private final Sources sources = new Sources();

    /** A mapper of an application. */
    public static final class Mapper implements RoleMapper {
        @Override
        public Set<String> roles(EndUser user) {
            return user.roles();
        }
    }

    /** A mapper that cannot be made. */
    public static final class Broken implements RoleMapper {
        public Broken() {
            throw new IllegalStateException("a-secret-of-the-application");
        }

        @Override
        public Set<String> roles(EndUser user) {
            return Set.of();
        }
    }

    /** A mapper that only its application could make. */
    public record Unmakeable(String parameter) implements RoleMapper {
        @Override
        public Set<String> roles(EndUser user) {
            return Set.of();
        }
    }

    @Test
    void readsEveryStep() {
        var roles = sources.with("oidc.roles-claim", "groups, a.'b.c'.*")
                .with("oidc.role-pattern", "/shop/([a-z]{2,}\\d?)$$")
                .with("oidc.role-names", "staff = user, clerk; boss = admin")
                .with("oidc.unmapped-roles", "kept")
                .with("oidc.role-prefix", "ROLE_")
                .with("oidc.scope-role-prefix", "SCOPE_")
                .with("oidc.role-mapper", Mapper.class.getName())
                .load()
                .access()
                .roles();
        assertEquals(
                List.of(new ClaimPath(List.of("groups")), new ClaimPath(List.of("a", "b.c"), true)), roles.claims());
        assertTrue(roles.claimsExplicit());
        assertEquals(Optional.of("ab1"), roles.pattern().orElseThrow().role("/shop/ab1"));
        assertEquals(
                new RoleNames(Map.of("staff", Set.of("user", "clerk"), "boss", Set.of("admin")), Others.KEPT),
                roles.names());
        assertEquals("ROLE_", roles.prefix());
        assertEquals(Optional.of("SCOPE_"), roles.scopePrefix());
        assertInstanceOf(Mapper.class, roles.mapper().orElseThrow());
    }

    @Test
    void aTableIsCompleteUnlessTheOperatorSaysOtherwise() {
        var names =
                sources.with("oidc.role-names", "staff = user").load().access().roles();
        assertEquals(Others.DROPPED, names.names().others());
        assertEquals(RoleNames.SAME, new Sources().load().access().roles().names());
    }

    @Test
    void allMistakesAreReportedTogether() {
        var problems = sources.with("oidc.roles-claim", "a..b")
                .with("oidc.role-pattern", "(a)(b)")
                .with("oidc.role-names", "a = b; a = c")
                .with("oidc.unmapped-roles", "ignored")
                .with("oidc.role-prefix", "**")
                .with("oidc.scope-role-prefix", "*")
                .with("oidc.role-mapper", "no.such.Class")
                .with("oidc.caller-name-claim", "a,,b")
                .problems();
        assertEquals(8, problems.size(), problems::toString);
        assertTrue(
                problems.contains("oidc.role-names must name a once, with all its roles, not 'a = b; a = c'"),
                problems::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "no.such.Class, must be a class of the application",
        "java.lang.String, must be a class that implements org.oidcfilter.RoleMapper",
        "org.oidcfilter.RoleMapper, must be a public class"
    })
    void aMapperThatCannotBeMadeIsAProblem(String name, String problem) {
        assertTrue(sources.with("oidc.role-mapper", name).problem().startsWith("oidc.role-mapper " + problem));
    }

    @Test
    void theReasonWhyAMapperCannotBeMadeIsNamedButNotQuoted() {
        var thrown = sources.with("oidc.role-mapper", Broken.class.getName()).problem();
        assertTrue(thrown.contains("java.lang.IllegalStateException"), thrown);
        assertTrue(!thrown.contains("a-secret"), thrown);
        var parameter = new Sources()
                .with("oidc.role-mapper", Unmakeable.class.getName())
                .problem();
        assertTrue(parameter.contains("constructor without parameters"), parameter);
    }

    @ParameterizedTest
    @CsvSource({"SCOPE_x_, SCOPE_", "SCOPE_, SCOPE_", "ROLE_, R"})
    void aPrefixThatLooksLikeAScopeIsAProblem(String prefix, String scopePrefix) {
        assertTrue(sources.with("oidc.role-prefix", prefix)
                .with("oidc.scope-role-prefix", scopePrefix)
                .problem()
                .startsWith("oidc.scope-role-prefix must not be what oidc.role-prefix begins with"));
    }

    @Test
    void aTableThatMakesScopesIsAProblem() {
        assertTrue(sources.with("oidc.role-names", "staff = user, SCOPE_admin")
                .with("oidc.scope-role-prefix", "SCOPE_")
                .problem()
                .startsWith("oidc.role-names must not name roles that begin with oidc.scope-role-prefix"));
        assertTrue(new Sources()
                .with("oidc.role-names", "staff = PE_admin")
                .with("oidc.role-prefix", "SCO")
                .with("oidc.scope-role-prefix", "SCOPE_")
                .problem()
                .startsWith("oidc.role-names "));
    }
}
