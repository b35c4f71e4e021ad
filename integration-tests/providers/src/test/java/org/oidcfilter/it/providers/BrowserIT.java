// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Hop;
import org.oidcfilter.it.process.Page;

/** What tests rely on when they look at a browser's way, beyond what Chromium shows. */
class BrowserIT {
    private final PageServer server;
    private final Browser browser = new Browser();

    BrowserIT() throws IOException {
        server = new PageServer();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void showsEveryHopOfANavigation() throws Exception {
        server.redirect("/first", 302, server.elsewhere("/second"));
        server.redirect("/second", 303, server.at("/last"));
        server.page("/last", "<title>Here</title>");

        Page page = browser.open(server.at("/first"));

        assertEquals("Here", page.title());
        assertEquals(
                List.of(server.at("/first"), server.elsewhere("/second"), server.at("/last")),
                browser.hops().stream().map(Hop::uri).toList());
        assertEquals(
                List.of(302, 303, 200), browser.hops().stream().map(Hop::status).toList());
    }

    @Test
    void stopsWhereTheTestWantsToLookAndProceedsFromThere() throws Exception {
        server.redirect("/first", 302, server.at("/callback?code=1"));
        server.page("/callback", "<title>Back</title>");
        browser.stoppingAt(server.at("/callback"));

        Page stopped = browser.open(server.at("/first"));

        assertEquals(Optional.of(server.at("/callback?code=1")), stopped.hop().redirect());
        assertEquals(1, browser.hops().size());
        assertEquals("Back", browser.proceed().title());
        assertThrows(NoSuchElementException.class, browser::proceed);
    }

    @Test
    void repeatsTheBodyWhenItProceedsFromAnInterruptedPost() throws Exception {
        server.page("/form", "<form method='post' action='/repeat'><input name='user' value='alice'></form>");
        server.redirect("/repeat", 307, server.at("/echo"));
        server.echo("/echo", List.of("Content-Type"));
        browser.stoppingAt(server.at("/echo"));
        browser.open(server.at("/form"));
        browser.submit(browser.page().form("form"));

        assertEquals(
                "POST|application/x-www-form-urlencoded|user=alice",
                browser.proceed().text());
    }

    @Test
    void givesUpOnARedirectLoop() {
        server.redirect("/loop", 302, server.at("/loop"));

        IOException loop = assertThrows(IOException.class, () -> browser.open(server.at("/loop")));

        assertTrue(loop.toString().contains("More than 20 redirects"));
    }

    @Test
    void submitsAFormByGetInTheQuery() throws Exception {
        server.page("/form", "<form action='/found?old=1'><input name='user' value='a&amp;b'></form>");
        server.page("/found", "<title>Found</title>");
        browser.open(server.at("/form"));

        Page page = browser.submit(browser.page().form("form").with("more", "x"));

        assertEquals(server.at("/found?user=a%26b&more=x"), page.uri());
    }

    @Test
    void saysWhatIsOnThePageWhenALinkIsMissing() throws Exception {
        server.page("/", "<title>Empty</title><p>Nothing here");
        browser.open(server.at("/"));

        NoSuchElementException missing = assertThrows(NoSuchElementException.class, () -> browser.click("Log out"));

        assertTrue(missing.toString().contains("Nothing here"));
    }

    @Test
    void losesSessionCookiesOnlyWhenItIsClosed() throws Exception {
        server.cookies("/", List.of("session=1", "lasting=1; Max-Age=600"));
        browser.open(server.at("/"));

        browser.cookies().endSession();

        assertFalse(browser.cookies().find(server.at("/"), "session").isPresent());
        assertTrue(browser.cookies().find(server.at("/"), "lasting").isPresent());
    }

    @Test
    void sharesCookiesBetweenPortsAsBrowsersDo() throws Exception {
        try (PageServer other = new PageServer()) {
            server.cookies("/", List.of("one=1"));
            other.echo("/", List.of("Cookie"));
            browser.open(server.at("/"));

            assertEquals("GET|one=1|", browser.open(other.at("/")).text());
            assertEquals("GET|null|", browser.open(other.elsewhere("/")).text());
        }
    }
}
