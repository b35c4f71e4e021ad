// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.RoleMapper;
import org.oidcfilter.config.RoleNames.Others;

class RolesConfigTest {
    private final Sources sources = new Sources();

    /** A mapper of an application. */
    public static final class Mapper implements RoleMapper {
        private static final AtomicInteger MADE = new AtomicInteger();

        public Mapper() {
            MADE.incrementAndGet();
        }

        @Override
        public Set<String> roles(EndUser user) {
            return user.roles();
        }
    }

    /** A mapper that cannot be made. */
    public static final class Broken implements RoleMapper {
        public Broken() {
            throw new IllegalStateException("a-secret-of-the-application", new IOException("another-secret"));
        }

        @Override
        public Set<String> roles(EndUser user) {
            return Set.of();
        }
    }

    /** A mapper whose class cannot be used. */
    public static final class Unusable implements RoleMapper {
        private static final Set<String> ALL = read();

        private static Set<String> read() {
            throw new IllegalStateException("a-secret-of-the-application");
        }

        @Override
        public Set<String> roles(EndUser user) {
            return ALL;
        }
    }

    /** A mapper that is not for everybody to make. */
    static final class Hidden implements RoleMapper {
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
        var mapper = roles.mapper().orElseThrow();
        assertEquals(Mapper.class.getName(), mapper.name());
        assertInstanceOf(Mapper.class, mapper.make());
    }

    @Test
    void aTableIsCompleteUnlessTheOperatorSaysOtherwise() {
        var names =
                sources.with("oidc.role-names", "staff = user").load().access().roles();
        assertEquals(Others.DROPPED, names.names().others());
        assertEquals(RoleNames.SAME, new Sources().load().access().roles().names());
    }

    /** Whoever writes it believes to have closed something. */
    @Test
    void whatBecomesOfOthersIsAProblemWithoutATable() {
        for (var others : List.of("dropped", "kept")) {
            assertEquals(
                    "oidc.unmapped-roles has no effect unless oidc.role-names is set",
                    new Sources().with("oidc.unmapped-roles", others).problem());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "oidc.role-prefix, ROLE_, ROLE_admin, admin",
        "oidc.role-names, boss = admin, admin, boss",
        "oidc.scope-role-prefix, SCOPE_, SCOPE_profile, SCOPE_orders"
    })
    void aRuleThatNobodyCanMeetIsWorthAWarning(String key, String value, String possible, String impossible) {
        sources.with(key, value);
        assertEquals(List.of(), warnings(possible + ", **"));
        assertEquals(
                List.of("oidc.path-rules asks for roles that nobody can have, [" + impossible
                        + "]: see oidc.role-names, oidc.role-prefix and oidc.scope"),
                warnings(possible + "," + impossible));
        sources.with("oidc.role-mapper", Mapper.class.getName());
        assertEquals(List.of(), warnings(impossible), "code can give any role");
    }

    @Test
    void withATableThatIsNotCompleteAnybodyMayHaveAnyRole() {
        sources.with("oidc.role-names", "boss = admin").with("oidc.unmapped-roles", "kept");
        assertEquals(List.of(), warnings("boss"));
    }

    private List<String> warnings(String roles) {
        return sources.with("oidc.path-rules", "/x/* = " + roles).load().warnings();
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

    @Test
    void aNameIsNotOneOfSeveral() {
        assertTrue(sources.with("oidc.caller-name-claim", "name, names.*")
                .problem()
                .startsWith("oidc.caller-name-claim must be claims that hold one name"));
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
    void aMapperThatOnlyItsApplicationCouldMakeIsAProblem() {
        for (var type : List.of(Unmakeable.class, Hidden.class)) {
            var problem = new Sources().with("oidc.role-mapper", type.getName()).problem();
            assertTrue(problem.contains("constructor without parameters"), problem);
        }
    }

    @Test
    void theReasonWhyAMapperCannotBeMadeIsNamedButNotQuoted() {
        var thrown = unmade(Broken.class);
        assertTrue(
                thrown.startsWith("oidc.role-mapper must be a class whose constructor does not end in"
                        + " java.lang.IllegalStateException, caused by java.io.IOException"),
                thrown);
        var unusable = unmade(Unusable.class);
        assertTrue(
                unusable.contains("java.lang.ExceptionInInitializerError, caused by java.lang.IllegalStateException"),
                unusable);
        assertFalse((thrown + unusable).contains("secret"));
    }

    private static String unmade(Class<? extends RoleMapper> type) {
        var found = new Sources()
                .with("oidc.role-mapper", type.getName())
                .load()
                .access()
                .roles()
                .mapper()
                .orElseThrow();
        var problems = assertThrows(ConfigurationException.class, found::make).problems();
        assertEquals(1, problems.size());
        return problems.get(0);
    }

    /** It may hold what has to be closed, and nobody would. */
    @Test
    void noMapperIsMadeWhereAnotherSettingIsWrong() {
        var before = Mapper.MADE.get();
        sources.with("oidc.role-mapper", Mapper.class.getName())
                .with("oidc.role-pattern", "(")
                .problem();
        assertEquals(before, Mapper.MADE.get());
    }

    /** As where the server has the library, and the application another one. */
    @Test
    void aMapperOfAnotherCopyOfTheLibraryIsNamedAsSuch() throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        var places = new URL[] {place(RoleMapper.class), place(Mapper.class)};
        try (var other = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(other);
            var problem = new Sources()
                    .with("oidc.role-mapper", Mapper.class.getName())
                    .problem();
            assertTrue(problem.contains("it implements that of another copy of this library"), problem);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
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
