// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may see what. Expects {@code oidc.public-paths=/public/*} and {@code oidc.path-rules=/reports/* = admin}. */
public interface AccessScenarios extends ProtectedApplication {

    @Test
    @Tag("RC-16")
    default void enforcesTheRolesThatAServletDeclares() {
        assertEquals(200, loggedIn("alice").open(at("admin")).status());
        assertEquals(403, loggedIn("bob").open(at("admin")).status());
        assertLeadsTo("/authorize", new Browser().visit(at("admin")));
    }

    @Test
    default void enforcesTheRolesOfPathRules() {
        assertEquals(200, loggedIn("alice").open(at("reports/2026/may")).status());
        assertEquals(403, loggedIn("bob").open(at("reports/2026/may")).status());
        assertLeadsTo("/authorize", new Browser().visit(at("reports/2026/may")));
    }

    @Test
    default void opensWhatPermitsAll() {
        Page page = new Browser().visit(at("open"));

        assertEquals(200, page.status());
        assertEquals("anonymous", page.line("principal"));
    }

    @Test
    default void closesWhatDeniesAll() {
        assertEquals(403, loggedIn("alice").open(at("closed")).status());
        assertEquals(403, new Browser().visit(at("closed")).status());
    }

    @Test
    @Tag("RC-15")
    default void answersScriptThatLacksARoleWith403() {
        assertEquals(403, loggedIn("bob").fetch(at("whoami"), at("admin")).status());
    }

    @Test
    @Tag("DS-07")
    default void readsNothingOfAnUpload() throws Exception {
        byte[] body = "name=value&".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));

        Page toPublic = upload(new Browser(), "public/upload", body);
        assertEquals(sha256, toPublic.line("sha-256"));
        assertEquals("anonymous", toPublic.line("principal"));

        Page toProtected = upload(loggedIn("alice"), "upload", body);
        assertEquals(sha256, toProtected.line("sha-256"));
        assertEquals("alice", toProtected.line("subject"));
    }

    private Page upload(Browser browser, String page, byte[] body) {
        return browser.send(
                at(page),
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }
}
