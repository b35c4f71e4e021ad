// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How somebody becomes known. */
public interface LoginScenarios extends ProtectedApplication {

    @Test
    @Tag("RD-08")
    default void leadsNavigationThroughTheProviderBackToThePageAskedFor() {
        Browser browser = new Browser();
        provider().loginAs("alice");

        Page challenge = browser.visit(at("whoami?q=a%20b&r=%C3%A9"));
        assertEquals(302, challenge.status());
        assertLeadsTo("/authorize", challenge);

        Page callback = browser.follow(challenge);
        assertEquals(at("oidc/callback").getPath(), callback.location().getPath());

        Page back = browser.follow(browser.follow(callback));
        assertEquals(200, back.status());
        assertEquals(at("whoami?q=a%20b&r=%C3%A9"), back.uri());
        assertEquals("q=a%20b&r=%C3%A9", back.line("query"));
    }

    @Test
    default void tellsTheApplicationWhoTheCallerIs() {
        Page page = loggedIn("alice").open(at("whoami"));

        assertEquals("alice", page.line("principal"));
        assertEquals("alice", page.line("remote-user"));
        assertEquals(provider().issuer(), page.line("issuer"));
        assertEquals("alice", page.line("subject"));
        assertEquals("admin,user", page.line("roles"));
        assertEquals("true", page.line("admin"));
        assertEquals("OIDC", page.line("auth-type"));
        assertEquals("present", page.line("attribute"));
    }

    @Test
    default void asksTheProviderOncePerLogin() {
        Browser browser = loggedIn("alice");
        browser.open(at("whoami"));
        browser.open(at("public/whoami"));

        assertEquals(1, provider().requests("/token").size());
    }

    @Test
    default void answersScriptWith401AndNoLoginState() {
        Page page = new Browser().fetch(at("public/whoami"), at("whoami"));

        assertEquals(401, page.status());
        assertEquals("application/json", contentType(page));
        assertEquals(List.of(), page.setCookies());
    }

    @Test
    default void knowsTheCallerOnPublicPages() {
        assertEquals("anonymous", new Browser().open(at("public/whoami")).line("principal"));
        assertEquals("alice", loggedIn("alice").open(at("public/whoami")).line("subject"));
    }

    @Test
    @Tag("RC-17")
    default void startsLoginWhenTheApplicationAsksForOne() {
        Browser browser = new Browser();
        provider().loginAs("bob");

        Page page = browser.open(at("public/signin?from=shop"));
        assertEquals(200, page.status());
        assertEquals("bob", page.line("subject"));
        assertEquals("from=shop", page.line("query"));
    }

    @Test
    @Tag("SE-01")
    default void changesTheSessionIdAtLoginAndKeepsWhatIsInTheSession() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page before = browser.open(at("public/session?do=put&name=basket&value=pear"));
        browser.open(at("whoami"));

        Page after = browser.open(at("public/session"));
        assertNotEquals(before.line("session"), after.line("session"));
        assertEquals("pear", after.line("session.basket"));
    }

    @Test
    @Tag("HI-07")
    default void tellsScriptsWhoIsLoggedIn() {
        Page user = loggedIn("alice").fetch(at("whoami"), at("oidc/user"));

        assertEquals(200, user.status());
        assertEquals("application/json", contentType(user));
        assertTrue(user.body().contains("\"subject\":\"alice\""), user.body());
        assertTrue(user.body().contains("\"roles\":[\"admin\",\"user\"]"), user.body());
        assertFalse(user.body().contains("token"), user.body());
        assertEquals(401, new Browser().fetch(at("whoami"), at("oidc/user")).status());
    }

    @Test
    @Tag("AR-30")
    default void letsTabsLogInSideBySide() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page first = browser.visit(at("whoami?tab=1"));
        Page second = browser.visit(at("whoami?tab=2"));
        Page third = browser.visit(at("whoami?tab=3"));

        assertEquals("tab=2", browser.followAll(second).line("query"));
        assertEquals("tab=3", browser.followAll(third).line("query"));
        assertEquals("tab=1", browser.followAll(first).line("query"));
    }

    @Test
    @Tag("AR-05")
    default void redeemsTheCodeOnceHoweverOftenTheCallbackComes() throws Exception {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page callback = browser.follow(browser.visit(at("whoami")));

        List<Integer> statuses = atOnce(20, () -> browser.follow(callback).status());

        assertEquals(1, provider().requests("/token").size());
        assertTrue(statuses.contains(302), statuses::toString);
        assertTrue(List.of(302, 400).containsAll(statuses), statuses::toString);
        assertEquals("alice", browser.visit(at("whoami")).line("subject"));
    }

    @Test
    @Tag("RD-11")
    default void believesNoHeaderOfAProxyThatNobodyTrusts() {
        Map<String, String> lies = Map.of(
                "X-Forwarded-Host", "evil.example",
                "X-Forwarded-Proto", "https",
                "X-Forwarded-Port", "99",
                "X-Forwarded-Prefix", "//evil.example",
                "Forwarded", "host=evil.example;proto=https",
                "X-Original-URL", at("public/whoami").getPath(),
                "X-Rewrite-URL", at("public/whoami").getPath());
        lies.forEach((name, value) -> {
            RawRequest.Answer answer =
                    RawRequest.get(at("whoami").getPath()).header(name, value).to(application());
            assertEquals(302, answer.status(), name);
            String callback = URLEncoder.encode(at("oidc/callback").toString(), StandardCharsets.UTF_8);
            assertTrue(answer.header("Location").startsWith(provider().issuer() + "/authorize?"), name);
            assertTrue(answer.header("Location").contains("redirect_uri=" + callback), name);
            assertFalse(answer.headers().toString().contains("evil"), name);
            assertFalse(answer.header("Set-Cookie").contains("Secure"), name);
        });
    }

    private static String contentType(Page page) {
        return page.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(times);
        ExecutorService tabs = Executors.newFixedThreadPool(times);
        try {
            List<Future<T>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                calls.add(tabs.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return call.call();
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : calls) {
                answers.add(answer.get(60, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            tabs.shutdownNow();
        }
    }
}
