// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.User;

/** {@code @RolesAllowed} and the like on methods: the same of a bean, of a resource of Jakarta REST, and of a bean that one calls. */
public interface GuardedBeansScenarios extends ProtectedApplication {
    /** A bean by a servlet, a resource, a resource that is a bean, and a bean by a resource. */
    List<String> WAYS = List.of("servlet", "api/counter", "api/office", "api/desk");

    /** Who may call which method. */
    Map<String, Set<String>> MAY = Map.of(
            "plain", Set.of("alice", "bob"),
            "open", Set.of("alice", "bob", "carol", "nobody"),
            "closed", Set.of(),
            "admin", Set.of("alice"),
            "everybody", Set.of("alice", "bob", "carol"),
            "overridden", Set.of("alice", "bob"),
            "free", Set.of("alice", "bob", "carol", "nobody"),
            "cellar", Set.of("alice"));

    /** The application behind the filter. */
    static WebArchive filtered(DevelopmentProvider provider) {
        return application(
                TestWar.named("guarded").filter().settings(Map.of("oidc.public-paths", "/public/*")), provider);
    }

    /** The application in a container that enforces constraints. */
    static WebArchive constrained(DevelopmentProvider provider) {
        return application(TestWar.named("container-guarded").constrained(), provider);
    }

    private static WebArchive application(TestWar war, DevelopmentProvider provider) {
        return war.beans()
                .rest()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.login-rules", rules()))
                .archive()
                .addPackage("org.oidcfilter.it.guarded");
    }

    private static String rules() {
        return WAYS.stream()
                .map(way -> "/public/" + way + "/ruled = acr_values=mfa")
                .collect(Collectors.joining("; "));
    }

    @BeforeEach
    default void carolHasNoRole() {
        provider().register(User.named("carol"));
    }

    @Test
    default void letsThroughWhomTheAnnotationsAllow() {
        for (String name : List.of("alice", "bob", "carol", "nobody")) {
            Browser browser = name.equals("nobody") ? new Browser() : loggedIn(name);
            for (Map.Entry<String, Set<String>> method : MAY.entrySet()) {
                for (String way : WAYS) {
                    String path = "public/" + way + "/" + method.getKey();
                    Page page = browser.fetch(at("public/index"), at(path));
                    assertEquals(expected(name, method.getValue()), page.status(), () -> name + " " + path);
                    if (page.status() == 200) {
                        assertEquals(method.getKey(), page.body());
                    }
                }
            }
        }
    }

    private static int expected(String name, Set<String> allowed) {
        if (allowed.contains(name)) {
            return 200;
        }
        return name.equals("nobody") && !allowed.isEmpty() ? 401 : 403;
    }

    @Test
    default void aPersonWhoIsNotLoggedInIsSentToTheProviderAndComesBack() {
        provider().loginAs("bob");
        for (String way : WAYS) {
            Browser bob = new Browser();
            Page challenge = bob.visit(at("public/" + way + "/plain?a=1"));
            assertLeadsTo("/authorize", challenge);
            Page page = bob.followAll(challenge);
            assertEquals(at("public/" + way + "/plain?a=1"), page.uri());
            assertEquals("plain", page.body());
        }
    }

    @Test
    default void whoMayNotSeesTheReason() {
        Browser bob = loggedIn("bob");
        for (String way : WAYS) {
            Page script = bob.fetch(at("public/index"), at("public/" + way + "/admin"));
            assertTrue(script.body().contains("\"forbidden\""), script.body());
            Page person = bob.visit(at("public/" + way + "/admin"));
            assertEquals(403, person.status());
            assertTrue(person.body().contains("forbidden"), person.body());
        }
    }

    @Test
    default void aStrongerLoginIsAskedForAndHelps() {
        for (String way : WAYS) {
            for (String method : List.of("strong", "ruled")) {
                Browser bob = loggedIn("bob");
                Page script = bob.fetch(at("public/index"), at("public/" + way + "/" + method));
                assertEquals(401, script.status(), way);
                assertTrue(script.body().contains("\"insufficient_user_authentication\""), script.body());
                Page person = bob.open(at("public/" + way + "/" + method));
                assertEquals(method, person.body(), way);
            }
        }
    }

    @Test
    default void whoMayNotTakeAWaySeesNothingOfWhereItLeads() {
        String room = "public/api/hall/room";
        assertEquals(401, new Browser().fetch(at("public/index"), at(room)).status());
        assertEquals(403, loggedIn("bob").fetch(at("public/index"), at(room)).status());
        assertEquals("closed", loggedIn("alice").open(at(room)).body());
        assertEquals("open", new Browser().open(at("public/api/hall/lobby")).body());
    }
}
