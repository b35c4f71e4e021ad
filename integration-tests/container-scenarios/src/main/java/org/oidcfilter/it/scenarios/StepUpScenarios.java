// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stronger and fresher logins that a servlet demands by annotation, or an application by code. */
public interface StepUpScenarios extends ProtectedApplication {

    @Test
    default void asksForTheLoginThatAServletDemandsAndComesBack() {
        for (String path : List.of("payment?amount=7", "public/payment?amount=7")) {
            Browser alice = loggedIn("alice");
            Page challenge = alice.visit(at(path));
            assertAsksFor("acr_values=mfa", challenge);
            assertAsksFor("max_age=600", challenge);

            Page back = alice.followAll(challenge);
            assertEquals(at(path), back.uri());
            assertEquals("alice", back.line("subject"));
            assertEquals(200, alice.visit(at(path)).status());
            assertEquals("alice", alice.visit(at("whoami")).line("subject"));
        }
    }

    @Test
    default void asksWhoIsNotLoggedInForTheLoginThatAServletDemandsAtOnce() {
        for (String path : List.of("payment", "public/payment")) {
            provider().loginAs("bob");
            provider().forgetRequests();
            Browser browser = new Browser();
            assertEquals("bob", browser.open(at(path)).line("subject"));
            assertEquals(1, provider().requests("/authorize").size());
        }
    }

    @Test
    default void asksForTheLoginThatTheCodeDemandsAndComesBack() {
        for (String path : List.of("demanding?acr=mfa", "public/demanding?acr=mfa")) {
            Browser alice = loggedIn("alice");
            assertEquals(200, alice.visit(at("demanding")).status());
            Page challenge = alice.visit(at(path));
            assertAsksFor("acr_values=mfa", challenge);

            Page back = alice.followAll(challenge);
            assertEquals(at(path), back.uri());
            assertEquals("alice", back.line("subject"));
            assertEquals("true", back.line("admin"));
            assertEquals(200, alice.visit(at(path)).status());
        }
    }

    @Test
    default void asksForALoginWhereTheCodeOfAPublicPageDemandsOne() {
        Browser browser = new Browser();
        provider().loginAs("bob");
        assertLeadsTo("/authorize", browser.visit(at("public/demanding")));
        assertEquals("bob", browser.open(at("public/demanding")).line("subject"));
    }

    @Test
    @Tag("ID-51")
    default void refusesAWeakerLoginThanDemandedWithoutALoop() {
        Browser alice = loggedIn("alice");
        provider().idTokens((header, claims) -> claims.put("acr", "pwd"));
        try {
            for (String path : List.of("payment", "demanding?acr=mfa")) {
                Page refusal = alice.open(at(path));
                assertEquals(400, refusal.status(), path);
                assertTrue(refusal.body().contains("token_acr"), refusal.body());
                assertEquals("alice", alice.visit(at("whoami")).line("subject"));
            }
        } finally {
            provider().honest();
        }
    }

    /** Anybody can make a browser follow such a link. */
    @Test
    @Tag("ID-51")
    default void asksAgainWhereALinkHasAskedForLess() {
        for (String path : List.of("public/payment", "public/demanding?acr=mfa")) {
            provider().loginAs("alice");
            provider().forgetRequests();
            String target = URLEncoder.encode(at(path).getRawPath() + query(at(path)), StandardCharsets.UTF_8);
            Page page = new Browser().open(at("oidc/login?acr_values=pwd&return_to=" + target));
            assertEquals("alice", page.line("subject"));
            assertEquals(
                    List.of("pwd", "mfa"),
                    provider().requests("/authorize").stream()
                            .map(request -> request.query("acr_values").orElse(""))
                            .toList());
        }
    }

    private static String query(URI uri) {
        return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    }

    @Test
    default void tellsAScriptWhatItTakes() {
        for (String path : List.of("payment", "demanding?acr=mfa")) {
            Browser alice = loggedIn("alice");
            Page refusal = alice.fetch(at("whoami"), at(path));
            assertEquals(401, refusal.status(), path);
            assertTrue(refusal.body().contains("\"insufficient_user_authentication\""), refusal.body());
            String challenge = refusal.headers().firstValue("WWW-Authenticate").orElse("");
            assertTrue(challenge.contains("error=\"insufficient_user_authentication\""), challenge);
            assertTrue(challenge.contains("acr_values=\"mfa\""), challenge);
            assertFalse(String.join(" ", refusal.setCookies()).contains("login"), refusal.setCookies()::toString);

            String login = refusal.body()
                    .replaceAll("(?s).*\"login_url\":\"([^\"]*)\".*", "$1")
                    .replace("\\u0026", "&");
            alice.open(at("whoami").resolve(login + "&return_to=" + at("whoami").getPath()));
            assertEquals(200, alice.fetch(at("whoami"), at(path)).status());
        }
    }

    @Test
    default void letsTabsStepUpSideBySide() {
        Browser alice = loggedIn("alice");
        Page first = alice.visit(at("payment?tab=1"));
        Page second = alice.visit(at("demanding?acr=mfa&tab=2"));

        assertEquals("acr=mfa&tab=2", alice.followAll(second).line("query"));
        assertEquals("tab=1", alice.followAll(first).line("query"));
    }

    @Test
    default void nobodyPassesADemandWhereNoLoginCanBegin() {
        Browser alice = loggedIn("alice");
        for (String how : List.of("dispatch", "dispatch-original")) {
            assertEquals(200, alice.visit(at("async?to=/demanding&how=" + how)).status());
            Page refusal = alice.visit(at("async?to=/demanding%3Facr%3Dmfa&how=" + how));
            assertEquals(401, refusal.status(), how);
            assertFalse(refusal.hasLine("passed"), how);
            Page nobody = new Browser().visit(at("public/async?to=/demanding&how=" + how));
            assertEquals(401, nobody.status(), how);
            assertFalse(nobody.hasLine("passed"), how);
        }
        Page included = alice.visit(at("relay?how=include&to=/demanding%3Facr%3Dmfa"));
        assertNotEquals(302, included.status());
        assertFalse(included.hasLine("passed"), included.body());
        assertEquals("true", alice.visit(at("relay?how=include&to=/demanding")).line("passed"));
    }

    @Test
    default void asksForTheLoginThatTheCodeBehindAForwardDemands() {
        Browser alice = loggedIn("alice");
        assertAsksFor("acr_values=mfa", alice.visit(at("relay?to=/demanding%3Facr%3Dmfa")));
        assertEquals("alice", alice.open(at("relay?to=/demanding%3Facr%3Dmfa")).line("subject"));
    }

    private void assertAsksFor(String parameter, Page page) {
        assertLeadsTo("/authorize", page);
        assertTrue(("&" + page.location().getRawQuery() + "&").contains("&" + parameter + "&"), () -> page.location()
                .toString());
    }
}
