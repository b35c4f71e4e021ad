// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oidcfilter.Reason;
import org.oidcfilter.RoleMapper;
import org.oidcfilter.RoleMapper.EndUser;
import org.oidcfilter.RoleMapperException;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.User;

/** Roles for the application's own code to decide. */
class RoleMapperFlowTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final Duration DUE = Duration.ofMinutes(4).plusSeconds(30);
    private static final ThreadLocal<String> REQUEST = new InheritableThreadLocal<>();
    private static final String TELLING = "alice-and-her-secret";

    private final LoginAttack attack = LoginAttack.with(Map.of(
            "oidc.scope",
            "openid profile offline_access",
            "oidc.role-mapper",
            Mapper.class.getName(),
            "oidc.role-prefix",
            "app-"));
    private final PlainBrowser browser = attack.browser;

    /** The mapper of the application under test: made once, by its name. */
    public static final class Mapper implements RoleMapper {
        static volatile Function<EndUser, @Nullable Set<String>> answer = EndUser::roles;
        static final List<EndUser> ASKED = new CopyOnWriteArrayList<>();
        static final List<@Nullable ClassLoader> LOADERS = new CopyOnWriteArrayList<>();

        @Override
        @SuppressWarnings("NullAway") // what an application may do that does not care
        public Set<String> roles(EndUser user) {
            ASKED.add(user);
            LOADERS.add(Thread.currentThread().getContextClassLoader());
            return answer.apply(user);
        }
    }

    @BeforeEach
    void forget() {
        Mapper.answer = EndUser::roles;
        Mapper.ASKED.clear();
        Mapper.LOADERS.clear();
        attack.keepSecret(TELLING);
    }

    @AfterEach
    void close() {
        attack.close();
    }

    @Test
    void isAskedAtTheLoginWithAllThatIsKnown() throws Exception {
        Mapper.answer = user -> Set.of("on-duty", "app-user");
        assertEquals(Set.of("on-duty", "app-user"), roles());
        browser.proceed(PAGE);
        assertEquals(1, Mapper.ASKED.size(), "and not at each request");
        var user = Mapper.ASKED.get(0);
        assertEquals(attack.application.provider.issuer(), user.issuer());
        assertEquals("alice", user.subject());
        assertEquals("Alice Adams", user.claims().string("name").orElseThrow());
        assertEquals(Set.of("app-user", "app-admin"), user.roles());
        assertThrows(UnsupportedOperationException.class, () -> user.roles().add("boss"));
        assertFalse(user.toString().contains("alice"));
    }

    @Test
    @Tag("SE-23")
    void isAskedAtEachRefreshInAThreadThatKnowsTheApplication() throws Exception {
        assertEquals(Set.of("app-user", "app-admin"), roles());
        attack.application.provider.register(User.named("alice").roles("user"));
        Mapper.answer = user -> joined(user.roles(), "refreshed");
        attack.application.clock.advance(DUE);
        assertEquals(Set.of("app-user", "refreshed"), current());
        assertEquals(2, Mapper.ASKED.size());
        assertSame(Thread.currentThread().getContextClassLoader(), Mapper.LOADERS.get(1));
    }

    /** What it sees must not depend on which request it was whose thread it got. */
    @Test
    void seesNothingOfTheThreadOfTheRequest() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        Mapper.answer = user -> {
            seen.add(String.valueOf(REQUEST.get()));
            return user.roles();
        };
        REQUEST.set("of the request");
        try {
            roles();
        } finally {
            REQUEST.remove();
        }
        assertEquals(List.of("null"), seen);
    }

    @Test
    void whatCanBeNoRoleIsLeftOutOfItsAnswer() throws Exception {
        Mapper.answer = user -> new HashSet<>(Arrays.asList("ok", null, "", "*", "**", "a\nb", "x".repeat(1001)));
        assertEquals(Set.of("ok"), roles());
    }

    @Test
    void aLoginFailsIfItFailsAndThePageAndTheLogTellNothingOfWhatItSays() throws Exception {
        Mapper.answer = user -> {
            throw new IllegalStateException(TELLING, new IOException(TELLING));
        };
        attack.unavailable(Reason.ROLE_MAPPER_FAILED, attack.callback());
        var line = attack.logged(Reason.ROLE_MAPPER_FAILED);
        assertTrue(line.contains("RoleMapperFlowTest$Mapper failed: java.lang.IllegalStateException at "), line);
        assertTrue(line.contains("RoleMapperFlowTest.java:"), line);
        assertTrue(line.contains("), caused by java.io.IOException. "), line);
        assertTrue(browser.session.stored.isEmpty());
        Mapper.answer = EndUser::roles;
        attack.completes(attack.callback());
    }

    /** Each further attempt would leave a refresh token at the provider. */
    @Test
    void theTokensOfALoginThatItRefusesAreRevoked() throws Exception {
        Mapper.answer = user -> null;
        attack.unavailable(Reason.ROLE_MAPPER_FAILED, attack.callback());
        var revoked = attack.application.provider.requests("/revoke").stream()
                .map(request -> request.form("token_type_hint").orElseThrow())
                .toList();
        assertEquals(List.of("refresh_token", "access_token"), revoked);
    }

    @Test
    void noAnswerIsNotTakenForNoRoles() throws Exception {
        Mapper.answer = user -> null;
        attack.unavailable(Reason.ROLE_MAPPER_FAILED, attack.callback());
        assertTrue(attack.logged(Reason.ROLE_MAPPER_FAILED).contains("$Mapper returned null"));
    }

    /** Also if it is not an exception: the new refresh token must not be lost with it. */
    @ParameterizedTest
    @MethodSource("failures")
    void aSessionGoesOnWithItsRolesAndNewTokensIfItFailsAtARefresh(Function<EndUser, @Nullable Set<String>> failure)
            throws Exception {
        assertEquals(Set.of("app-user", "app-admin"), roles());
        var before = browser.session.stored.orElseThrow().tokens();
        Mapper.answer = failure;
        attack.application.clock.advance(DUE);
        assertEquals(Set.of("app-user", "app-admin"), current());
        var after = browser.session.stored.orElseThrow().tokens();
        assertNotEquals(before.accessToken(), after.accessToken());
        assertNotEquals(before.refreshToken(), after.refreshToken());
        assertTrue(attack.log.lines().stream()
                .anyMatch(line -> line.startsWith("a session goes on with those of its roles that the provider has not"
                        + " withdrawn: role_mapper_failed")));
        assertFalse(attack.log.lines().toString().contains(TELLING));
        Mapper.answer = user -> Set.of();
        attack.application.clock.advance(DUE);
        assertEquals(Set.of(), current(), "asked again at the next refresh");
    }

    /** Whoever can make the mapper fail would keep what was taken from them. */
    @Test
    @Tag("SE-23")
    void whatTheProviderWithdrawsIsGoneThoughTheMapperFails() throws Exception {
        Mapper.answer = user -> joined(user.roles(), "on-duty");
        assertEquals(Set.of("app-user", "app-admin", "on-duty"), roles());
        attack.application.provider.register(User.named("alice").roles("user", "new"));
        Mapper.answer = user -> null;
        attack.application.clock.advance(DUE);
        assertEquals(Set.of("app-user", "on-duty"), current());
        attack.application.provider.register(User.named("alice").roles("admin", "new"));
        attack.application.clock.advance(DUE);
        assertEquals(Set.of("on-duty"), current(), "nor does anything come back without it");
    }

    /** It could have lent them: what it answered before is no word of the provider. */
    @Test
    @Tag("TE-10")
    void aScopeIsNoRoleAfterARenewalThatDoesNotNameIt() throws Exception {
        var settings = Map.of(
                "oidc.scope", "openid offline_access",
                "oidc.scope-role-prefix", "SCOPE_",
                "oidc.role-mapper", Mapper.class.getName());
        try (var scoped = LoginAttack.with(settings)) {
            scoped.completes(scoped.callback());
            scoped.application.provider.answer(
                    Endpoint.TOKEN, (request, honest) -> honest.get().editJson(tokens -> tokens.remove("scope")));
            scoped.application.clock.advance(DUE);
            scoped.browser.proceed(PAGE);
            assertEquals(
                    List.of(Set.of("user", "admin", "SCOPE_openid", "SCOPE_offline_access"), Set.of("user", "admin")),
                    Mapper.ASKED.stream().map(EndUser::roles).toList());
        }
    }

    static List<Function<EndUser, @Nullable Set<String>>> failures() {
        return List.of(
                user -> {
                    throw new IllegalStateException(TELLING);
                },
                user -> {
                    throw new NoClassDefFoundError(TELLING);
                },
                user -> {
                    throw new RoleMapperException(TELLING);
                },
                user -> null);
    }

    @Test
    void theStartSaysWhoDecides() {
        var introduction = attack.application.relyingParty.introduction().text("oidc");
        assertTrue(introduction.contains("roles are for " + Mapper.class.getName() + " to decide"), introduction);
    }

    private Set<String> roles() throws Exception {
        attack.completes(attack.callback());
        return current();
    }

    private Set<String> current() throws Exception {
        return browser.proceed(PAGE).caller().orElseThrow().roles();
    }

    private static Set<String> joined(Set<String> roles, String more) {
        var all = new HashSet<>(roles);
        all.add(more);
        return all;
    }
}
