// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Caller;
import org.oidcfilter.devprovider.User;

/** Group RC of docs/attacks.md: roles that somebody would like to have. */
@Timeout(120)
class RoleAttacksTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final PlainRequest ADMIN = PlainRequest.get("/admin/x");

    @Test
    @Tag("RC-01")
    void headersThatNameSomebodyOrRolesHaveNoEffect() throws Exception {
        try (var application = Application.standard()) {
            var stranger = application.browser();
            assertEquals(302, stranger.reply(claiming(PAGE)).status());
            var bob = application.loginAs("bob").browser();
            bob.logIn("/page");
            assertEquals(403, bob.reply(claiming(ADMIN)).status());
            var caller = bob.proceed(claiming(PAGE)).caller().orElseThrow();
            assertEquals("bob", caller.getName());
            assertEquals(Set.of("user"), caller.roles());
        }
    }

    private static PlainRequest claiming(PlainRequest request) {
        var claiming = request;
        for (var name : List.of(
                "X-Roles",
                "X_Roles",
                "OIDC_CLAIM_roles",
                "OIDC-Claim-Roles",
                "X-Forwarded-User",
                "X_Forwarded_User",
                "X-Forwarded-Groups",
                "Remote-User",
                "X-Remote-User")) {
            claiming = claiming.header(name, "admin");
        }
        return claiming;
    }

    @Test
    @Tag("RC-02")
    void parametersThatNameRolesHaveNoEffect() throws Exception {
        try (var application = Application.standard()) {
            var bob = application.loginAs("bob").browser();
            bob.logIn("/page?roles=admin");
            assertEquals(
                    403,
                    bob.reply(PlainRequest.get("/admin/x?roles=admin&role=admin"))
                            .status());
            var form = "roles=admin&realm_access.roles=admin";
            assertEquals(403, bob.reply(PlainRequest.post("/admin/x", form)).status());
        }
    }

    static Stream<Object> notAdmin() {
        return Stream.of(
                List.of("admin2", "xadmin", "ROLE_admin", "Admin", "admin ", " admin", "admin,", "[admin]"),
                "user,admin",
                "user admin",
                "admin;",
                "[\"admin\"]",
                true,
                5,
                Map.of("admin", true),
                Map.of("roles", List.of("admin")),
                Arrays.asList(null, List.of("admin"), Map.of("admin", "admin"), 0));
    }

    /** A string is one role and an array has one for each of its strings; nothing else is looked into. */
    @ParameterizedTest
    @MethodSource("notAdmin")
    @Tag("RC-03")
    @Tag("RC-04")
    @Tag("RC-05")
    void whatOnlyResemblesARoleIsNotTheRole(Object roles) throws Exception {
        try (var application = Application.standard()) {
            application.provider.register(User.named("alice").claim("roles", roles));
            assertDenied(application, ADMIN);
        }
    }

    @Test
    @Tag("RC-04")
    void aStringAndAnArrayOfItAreTheSameRole() throws Exception {
        try (var application = Application.standard()) {
            for (Object roles : List.of("admin", List.of("admin"))) {
                application.provider.register(User.named("alice").claim("roles", roles));
                var browser = application.browser();
                browser.logIn("/page");
                assertEquals(Set.of("admin"), caller(browser).roles());
                assertTrue(browser.proceed(ADMIN).caller().isPresent());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "realm_access.roles",
                "Roles",
                "ROLES",
                "roles ",
                " roles",
                "role",
                "rol\u0435s",
                "__proto__",
                "class",
                "roles.0",
                "scope",
                "https://evil.example/roles"
            })
    @Tag("RC-06")
    @Tag("RC-08")
    void aClaimOfAnotherNameHoldsNoRoles(String name) throws Exception {
        try (var application = Application.standard()) {
            application.provider.register(User.named("alice").claim(name, List.of("admin")));
            assertDenied(application, ADMIN);
        }
    }

    @Test
    @Tag("RC-06")
    void aLiteralNameNeverBeatsTheNestedClaim() throws Exception {
        try (var application = Application.with(Map.of("oidc.roles-claim", "realm_access.roles"))) {
            application.provider.register(User.named("alice")
                    .claim("realm_access", Map.of("roles", List.of("user")))
                    .claim("realm_access.roles", List.of("admin")));
            assertDenied(application, ADMIN);
        }
    }

    @Test
    @Tag("RC-09")
    @Tag("RC-10")
    void whoHasNoRolesHasNoneHoweverManyAreConfigured() throws Exception {
        var settings = Map.of(
                "oidc.roles-claim", "roles, groups",
                "oidc.role-names", "shop-admins = admin; staff = user",
                "oidc.unmapped-roles", "kept",
                "oidc.scope-role-prefix", "SCOPE_",
                "oidc.scope", "openid admin");
        try (var application = Application.with(settings)) {
            application.provider.register(User.named("alice"));
            assertDenied(application, ADMIN);
        }
    }

    @Test
    @Tag("RC-10")
    void aNameOfTheApplicationIsNoNameOfTheProvider() throws Exception {
        try (var application = Application.with(Map.of("oidc.role-names", "shop-admins = admin"))) {
            application.provider.register(User.named("alice").roles("admin", "Shop-Admins", "shop-admins "));
            assertDenied(application, ADMIN);
        }
    }

    @Test
    @Tag("RC-13")
    void aClaimThatIsMadeToTakeLongTakesNoTime() throws Exception {
        try (var application = Application.with(Map.of("oidc.role-pattern", "(a+)+$"))) {
            var endless = "a".repeat(20_000) + "!";
            var many = Stream.generate(() -> "a".repeat(900) + "!").limit(20).toList();
            application.provider.register(
                    User.named("alice").claim("roles", endless).claim("realm_access", Map.of("roles", many)));
            assertDenied(application, ADMIN);
        }
    }

    @Test
    @Tag("RC-14")
    void thePeopleOfTwoProvidersAreDifferentPeople() throws Exception {
        try (var one = Application.standard();
                var other = Application.standard()) {
            other.provider.register(User.named("alice").roles("user"));
            var alice = caller(loggedIn(one));
            var namesake = caller(loggedIn(other));
            assertEquals(alice.subject(), namesake.subject());
            assertEquals(alice.getName(), namesake.getName());
            assertNotEquals(alice.issuer(), namesake.issuer());
            assertNotEquals(alice, namesake);
            assertEquals(Set.of("user"), namesake.roles());
        }
    }

    @Test
    @Tag("RC-15")
    void whoLacksARoleIsRefusedAndNotSentToTheProvider() throws Exception {
        try (var application = Application.standard()) {
            var bob = loggedIn(application.loginAs("bob"));
            var calls = application.calls.get();
            for (var request : List.of(ADMIN, ADMIN.byScript())) {
                var reply = bob.reply(request);
                assertEquals(403, reply.status());
                assertEquals("", location(reply));
                assertEquals(List.of(), reply.cookies());
            }
            assertEquals(calls, application.calls.get());
            assertTrue(bob.proceed(PAGE).caller().isPresent(), "still logged in");
        }
    }

    private static void assertDenied(Application application, PlainRequest request) throws Exception {
        var browser = loggedIn(application);
        assertEquals(403, browser.reply(request).status());
        assertTrue(!caller(browser).roles().contains("admin"));
    }

    private static PlainBrowser loggedIn(Application application) throws Exception {
        var browser = application.browser();
        assertEquals(302, browser.logIn("/page").status());
        return browser;
    }

    private static Caller caller(PlainBrowser browser) throws Exception {
        return browser.proceed(PAGE).caller().orElseThrow();
    }
}
