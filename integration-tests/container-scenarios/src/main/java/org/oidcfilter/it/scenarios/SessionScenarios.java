// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.User;
import org.oidcfilter.it.scenarios.RawRequest.Answer;

/** What becomes of the container's session, and of whoever has its cookie; the ids are those of docs/attacks.md. */
public interface SessionScenarios extends ProtectedApplication {

    @Test
    @Tag("SE-01")
    default void aSessionIdFromBeforeTheLoginIsWorthless() {
        Browser victim = new Browser();
        victim.visit(at("public/session?do=put&name=basket&value=pear"));
        String planted = victim.cookieHeader(at("whoami"));
        assertTrue(planted.contains("JSESSIONID="), planted);

        provider().loginAs("alice");
        Page callback = victim.follow(victim.visit(at("whoami")));
        assertLoginNeeded(planted);
        assertEquals("alice", victim.followAll(callback).line("subject"));
        assertNotEquals(sessionCookie(planted), sessionCookie(victim.cookieHeader(at("whoami"))));
        assertLoginNeeded(planted);
        Answer public1 = sent("public/session", planted);
        assertFalse(public1.body().contains("pear") || public1.body().contains("alice"), public1.body());
        assertEquals("alice", victim.visit(at("whoami")).line("subject"));
    }

    @Test
    @Tag("SE-03")
    default void whatUsersCanPutIntoTheSessionAuthenticatesNobody() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Browser alice = loggedIn("alice");
        List<String> names = alice.visit(at("session"))
                .body()
                .lines()
                .filter(line -> line.startsWith("session.org.oidcfilter"))
                .map(line -> line.substring("session.".length(), line.indexOf(": ")))
                .toList();
        assertEquals(1, names.size());
        for (String name : List.of(names.get(0), "org.oidcfilter.Caller", "principal", "return_to")) {
            browser.visit(at("public/session?do=put&name=" + name + "&value=alice"));
        }
        assertEquals("anonymous", browser.visit(at("public/whoami")).line("principal"));
        assertLoginNeeded(browser);
        provider().loginAs("bob");
        Page page = browser.open(at("whoami?x=1"));
        assertEquals("bob", page.line("subject"));
        assertEquals(at("whoami?x=1"), page.uri());
    }

    @Test
    @Tag("SE-04")
    default void theSessionCookieIsOutOfReachOfScriptsAndOtherSites() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page back = browser.follow(browser.follow(browser.visit(at("whoami"))));
        String cookie = back.setCookies().stream()
                .filter(header -> header.startsWith("JSESSIONID="))
                .findFirst()
                .orElseThrow();
        List<String> attributes =
                List.of(cookie.toLowerCase(java.util.Locale.ROOT).split("; ?", -1));
        assertTrue(attributes.containsAll(List.of("httponly", "samesite=lax")), cookie);
        assertEquals("no-store", back.headers().firstValue("Cache-Control").orElse(""));
    }

    @Test
    @Tag("SE-10")
    default void aCopyOfTheCookieIsWorthlessAfterTheLogout() {
        List<Consumer<Browser>> ways = List.of(
                browser -> browser.click(at("whoami"), at("oidc/logout")),
                browser -> browser.click(at("whoami"), at("oidc/logout?scope=here")),
                browser -> browser.click(at("whoami"), at("oidc/logout?scope=everywhere")),
                browser -> browser.visit(at("signout")),
                browser -> browser.visit(at("session?do=invalidate")));
        for (Consumer<Browser> way : ways) {
            Browser browser = loggedIn("alice");
            String copy = browser.cookieHeader(at("whoami"));
            assertEquals(200, sent("whoami", copy).status());
            way.accept(browser);
            assertLoginNeeded(copy);
        }
    }

    @Test
    @Tag("SE-13")
    @Tag("SE-14")
    default void noCacheMayShareWhatIsPersonal() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page back = browser.follow(browser.follow(browser.visit(at("whoami"))));
        assertTrue(back.setCookies().stream().anyMatch(header -> header.startsWith("JSESSIONID=")));
        assertEquals(List.of("no-store"), back.headers().allValues("Cache-Control"));
        for (String path : List.of("whoami", "admin", "failing", "no-such-page", "session", "async?how=complete")) {
            Page page = browser.visit(at(path));
            assertTrue(page.headers().firstValue("Cache-Control").orElse("").contains("no-store"), path);
        }
        Page open = browser.visit(at("public/whoami"));
        assertEquals(
                "private, no-cache", open.headers().firstValue("Cache-Control").orElse(""));
        for (String path : List.of("whoami", "public/whoami")) {
            assertEquals(List.of("Cookie"), browser.visit(at(path)).headers().allValues("Vary"), path);
        }
    }

    @Test
    @Tag("SE-15")
    default void neverMixesUpCallersHoweverManyAskAtOnce() throws Exception {
        List<String> names = IntStream.range(0, 10).mapToObj(i -> "user-" + i).toList();
        names.forEach(name -> provider().register(User.named(name).roles("user")));
        List<Browser> browsers = names.stream().map(this::loggedIn).toList();
        List<String> paths = List.of("whoami", "async?how=dispatch", "failing", "public/whoami", "async?how=complete");
        List<Callable<Void>> requests = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int user = i % names.size();
            String path = paths.get(i / names.size() % paths.size());
            requests.add(() -> {
                assertEquals(names.get(user), browsers.get(user).visit(at(path)).line("subject"), path);
                assertEquals(
                        "anonymous", new Browser().visit(at("public/failing")).line("principal"));
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (Future<Void> request : threads.invokeAll(requests, 120, TimeUnit.SECONDS)) {
                request.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @Tag("SE-16")
    default void eachRequestSeesOnePersonWhileAnotherLogsIn() throws Exception {
        Browser browser = loggedIn("alice");
        provider().loginAs("bob");
        Page callback = browser.follow(browser.click(
                at("whoami"), at("oidc/login?return_to=" + at("whoami").getPath())));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService tabs = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<String>>> seen = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                seen.add(tabs.submit(() -> seenUntil(over, browser)));
            }
            assertEquals("bob", browser.followAll(callback).line("subject"));
            over.set(true);
            for (Future<List<String>> tab : seen) {
                List<String> people = tab.get(60, TimeUnit.SECONDS);
                assertTrue(Set.of("alice false", "bob false", "nobody").containsAll(people), people::toString);
            }
        } finally {
            over.set(true);
            tabs.shutdownNow();
        }
        assertEquals("bob", browser.visit(at("whoami")).line("subject"));
    }

    private List<String> seenUntil(AtomicBoolean over, Browser browser) {
        List<String> seen = new ArrayList<>();
        do {
            Page page = browser.visit(at("whoami"));
            boolean mixed = page.status() == 200
                    && !(page.line("subject").equals(page.line("remote-user"))
                            && page.line("admin")
                                    .equals("" + page.line("subject").equals("alice")));
            seen.add(page.status() == 200 ? page.line("subject") + " " + mixed : "nobody");
        } while (!over.get());
        return seen;
    }

    @Test
    @Tag("SE-22")
    default void theSessionIdIsInNoAddressAndOnNoPage() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        browser.visit(at("public/session?do=create"));
        List<Page> pages = new ArrayList<>(List.of(browser.visit(at("whoami"))));
        while (pages.get(pages.size() - 1).isRedirect()) {
            pages.add(browser.follow(pages.get(pages.size() - 1)));
        }
        String id = sessionCookie(browser.cookieHeader(at("whoami")));
        pages.add(browser.visit(at("oidc/user")));
        pages.add(browser.visit(at("oidc/callback?code=x&state=y")));
        pages.add(browser.visit(at("oidc/logout")));
        pages.add(browser.click(at("whoami"), at("oidc/logout")));
        for (Page page : pages) {
            assertFalse(page.body().contains(id), page.uri()::toString);
            assertFalse(page.isRedirect() && page.location().toString().matches("(?i).*jsessionid.*"));
            assertFalse(page.isRedirect() && page.location().toString().contains(id));
        }
    }

    @Test
    @Tag("DS-01")
    default void aStrangerGetsNoSession() {
        Browser stranger = new Browser();
        for (String path :
                List.of("whoami", "public/whoami", "oidc/user", "oidc/callback?code=x&state=y", "oidc/logout")) {
            Page page = stranger.visit(at(path));
            assertFalse(page.setCookies().stream().anyMatch(cookie -> cookie.startsWith("JSESSIONID")), path);
        }
        assertEquals("none", stranger.visit(at("public/session")).line("session"));
    }

    private Answer sent(String page, String cookies) {
        return RawRequest.get(at(page).getPath()).header("Cookie", cookies).to(application());
    }

    private void assertLoginNeeded(String cookies) {
        Answer answer = sent("whoami", cookies);
        assertEquals(302, answer.status());
        assertTrue(answer.header("Location").startsWith(provider().issuer() + "/authorize?"));
        Answer script = RawRequest.get(at("whoami").getPath())
                .byScript()
                .header("Cookie", cookies)
                .to(application());
        assertEquals(401, script.status());
    }

    private static String sessionCookie(String cookies) {
        return cookies.replaceAll(".*JSESSIONID=([^;]+).*", "$1");
    }
}
