// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the web application does without the filter: the ground the other scenarios stand on. */
public interface SmokeScenarios {

    /** The root of the deployed web application. */
    URI application();

    @Test
    default void servesAnonymousRequests() {
        Page page = new Browser().open(application().resolve("whoami?a=b%20c"));

        assertEquals(200, page.status());
        assertEquals("anonymous", page.line("principal"));
        assertEquals("absent", page.line("attribute"));
        assertEquals("REQUEST", page.line("dispatcher"));
        assertEquals("a=b%20c", page.line("query"));
    }

    @Test
    default void leavesRoleAnnotationsOfServletsUnenforced() {
        for (String path : List.of("open", "admin", "closed")) {
            assertEquals(200, new Browser().open(application().resolve(path)).status(), path);
        }
    }

    @Test
    default void dispatchesAsynchronously() {
        for (String how : List.of("dispatch", "dispatch-original")) {
            Page page = new Browser().open(application().resolve("public/async?how=" + how));

            assertEquals(200, page.status(), how);
            assertEquals("ASYNC", page.line("dispatcher"), how);
        }
    }

    @Test
    default void completesAsynchronously() {
        Page page = new Browser().open(application().resolve("async?how=complete"));

        assertEquals(200, page.status());
        assertEquals("anonymous", page.line("principal"));
    }

    @Test
    default void showsItsErrorPage() {
        Page thrown = new Browser().open(application().resolve("failing"));
        Page missing = new Browser().open(application().resolve("no-such-page"));
        Page sent = new Browser().open(application().resolve("failing?status=404"));

        for (Page page : List.of(thrown, missing, sent)) {
            assertEquals("ERROR", page.line("dispatcher"));
            assertEquals(Integer.toString(page.status()), page.line("error"));
        }
        assertEquals(500, thrown.status());
        assertEquals(404, missing.status());
        assertEquals(404, sent.status());
    }

    @Test
    default void streamsUploads() throws Exception {
        byte[] body = "name=value&".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        Page page = new Browser()
                .send(
                        application().resolve("public/upload"),
                        HttpRequest.newBuilder()
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));

        assertEquals(Integer.toString(body.length), page.line("length"));
        assertEquals(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body)), page.line("sha-256"));
    }

    @Test
    default void keepsOneSessionForEachBrowser() {
        URI session = application().resolve("session");
        Browser browser = new Browser();
        Page created = browser.open(application().resolve("session?do=put&name=colour&value=blue"));

        assertEquals(created.line("session"), browser.open(session).line("session"));
        assertEquals("blue", browser.open(session).line("session.colour"));
        assertEquals("none", new Browser().open(session).line("session"));
        assertTrue(created.setCookies().toString().contains("HttpOnly"), "hardened session cookie");
    }

    @Test
    default void endsItsSessionOnRequest() {
        Browser browser = new Browser();
        Page created = browser.open(application().resolve("session?do=put&name=colour&value=blue"));

        assertEquals(
                "none",
                browser.open(application().resolve("session?do=invalidate")).line("session"));
        Page next = browser.open(application().resolve("session?do=create"));
        assertNotEquals(created.line("session"), next.line("session"));
        assertFalse(next.hasLine("session.colour"));
    }
}
