// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** What {@code oidc-cdi} promises beside the filter. */
public interface BeansScenarios extends ProtectedApplication {

    /** The web application with beans behind the filter. */
    static WebArchive war(DevelopmentProvider provider) {
        return TestWar.named("beans")
                .filter()
                .beans()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of(
                        "oidc.public-paths",
                        "/public/*",
                        "oidc.api-origins",
                        provider.issuer(),
                        "oidc.event-listeners",
                        "org.oidcfilter.it.beans.AuditLog"))
                .archive();
    }

    /** The web application with beans in a container that enforces constraints. */
    static WebArchive containerWar(DevelopmentProvider provider) {
        return TestWar.named("beans-container")
                .constrained()
                .beans()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of(
                        "oidc.api-origins",
                        provider.issuer(),
                        "oidc.event-listeners",
                        "org.oidcfilter.it.beans.AuditLog"))
                .archive();
    }

    @Test
    default void injectsTheCallerAndTheirClaims() {
        Page page = loggedIn("alice").open(at("greeting"));

        assertEquals(200, page.status());
        assertEquals("hello alice, alice, admin", page.line("greeting"));
        assertEquals("alice", page.line("optional"));
    }

    @Test
    @Tag("RF-10")
    default void callsAServiceInTheNameOfTheCallerAndNoOtherService() {
        Browser alice = loggedIn("alice");
        Browser bob = loggedIn("bob");

        for (var caller : Map.of("alice", alice, "bob", bob).entrySet()) {
            String answer = caller.getValue()
                    .open(at("greeting?service=" + provider().issuer() + "/userinfo"))
                    .line("service");
            assertTrue(answer.contains("\"sub\":\"" + caller.getKey() + "\""), answer);
        }
        assertEquals(
                "not sent",
                alice.open(at("greeting?service=" + at("public/greeting"))).line("service"));
    }

    @Test
    @Tag("SE-15")
    default void aBeanThatOutlivesRequestsNeverMixesUpCallers() {
        Browser alice = loggedIn("alice");
        Browser bob = loggedIn("bob");

        assertEquals("hello bob, bob", bob.open(at("greeting")).line("greeting"));
        assertEquals("hello alice, alice, admin", alice.open(at("greeting")).line("greeting"));
        assertEquals("hello bob, bob", bob.open(at("public/greeting")).line("greeting"));
    }

    @Test
    default void saysSoWhileNobodyIsLoggedIn() {
        Page page = new Browser().open(at("public/greeting"));

        assertEquals("nobody is logged in", page.line("greeting"));
        assertEquals("nobody", page.line("optional"));
    }

    @Test
    default void injectsSingleClaimsOfTheCallerOfEachRequest() {
        Page alice = loggedIn("alice").open(at("greeting"));
        Page bob = loggedIn("bob").open(at("greeting"));

        assertEquals("alice, true", alice.line("badge"));
        assertEquals("bob, true", bob.line("badge"));
        assertNotEquals(alice.line("sid"), bob.line("sid"));
        Page nobody = new Browser().open(at("public/greeting"));
        assertEquals("none", nobody.line("badge"));
        assertEquals("none", nobody.line("sid"));
    }

    @Test
    default void tellsBeansWhoLogsInAndOutAndHow() {
        Browser browser = loggedIn("alice");
        String sid = browser.open(at("greeting")).line("sid");
        assertEquals(1, trail(sid).size(), () -> trail(sid).toString());
        assertTrue(trail(sid).get(0).contains(" login of alice at " + provider().issuer()), trail(sid)::toString);

        browser.open(at("signout"));
        assertEquals(2, trail(sid).size(), () -> trail(sid).toString());
        assertTrue(trail(sid).get(1).contains(" logout of alice, session " + sid + ", by APPLICATION"));

        loggedIn("bob");
        provider().endSession("bob");
        assertTrue(trail("by BACK_CHANNEL").get(0).contains(" logout of bob, "), trail("bob")::toString);
    }

    @Test
    default void tellsBeansOfALoginThatIsRejectedByTheReferenceOfThePage() {
        Page page = new Browser().open(at("oidc/callback?code=c&state=s"));

        assertEquals(400, page.status());
        List<String> rejections = trail("LOGIN rejected, STATE_UNKNOWN, reference ");
        String reference = rejections.get(rejections.size() - 1).replaceAll(".* reference ", "");
        assertTrue(page.body().contains(reference), page::body);
    }

    private List<String> trail(String about) {
        String address = "public/trail?about=" + URLEncoder.encode(about, StandardCharsets.UTF_8);
        return new Browser().open(at(address)).body().lines().toList();
    }
}
