// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is sent to the application arrives there untouched, or not at all. */
public interface UploadScenarios extends ProtectedApplication {
    /** More than any container keeps in one buffer. */
    int SIZE = 1_100_000;

    /** The beginning of a form of two parts, of which the second is a file. */
    String BEFORE_THE_FILE = """
            --b
            Content-Disposition: form-data; name="state"

            wanted é
            --b
            Content-Disposition: form-data; name="file"; filename="noise.bin"
            Content-Type: application/x-noise

            """;

    @Test
    @Tag("DS-07")
    default void leavesAStreamToThePublicPageItIsSentTo() {
        for (String type : new String[] {"application/octet-stream", "application/x-www-form-urlencoded"}) {
            byte[] body = noise();
            Page nobodys = stream(new Browser(), "public/upload", type, body);
            assertArrived(body, nobodys);
            assertEquals("anonymous", nobodys.line("principal"));
            Page hers = stream(loggedIn("alice"), "public/upload", type, body);
            assertArrived(body, hers);
            assertEquals("alice", hers.line("subject"));
        }
    }

    @Test
    @Tag("DS-07")
    default void leavesAStreamToTheProtectedPageItIsSentTo() {
        Browser alice = loggedIn("alice");
        for (String type : new String[] {"application/octet-stream", "application/x-www-form-urlencoded"}) {
            byte[] body = noise();
            Page page = stream(alice, "upload", type, body);
            assertArrived(body, page);
            assertEquals("alice", page.line("subject"));
        }
    }

    @Test
    @Tag("DS-07")
    default void leavesThePartsOfAFormToThePublicPageItIsSentTo() {
        byte[] file = noise();
        Page nobodys = parts(new Browser(), "public/parts", file);
        assertPartsArrived(file, nobodys);
        assertEquals("anonymous", nobodys.line("principal"));
        Page hers = parts(loggedIn("alice"), "public/parts", file);
        assertPartsArrived(file, hers);
        assertEquals("alice", hers.line("subject"));
    }

    @Test
    @Tag("DS-07")
    default void leavesThePartsOfAFormToTheProtectedPageItIsSentTo() {
        byte[] file = noise();
        Page page = parts(loggedIn("alice"), "parts", file);
        assertPartsArrived(file, page);
        assertEquals("alice", page.line("subject"));
    }

    @Test
    @Tag("DS-07")
    default void anUploadWithoutALoginIsAnsweredBeforeItHasCome() {
        Map<String, String> types = Map.of(
                "upload", "application/octet-stream",
                "parts", "multipart/form-data; boundary=b");
        types.forEach((path, type) -> {
            String beginning = "--b\r\nContent-Disposition: form-data; name=\"one\"\r\n\r\nx";
            Map<String, String> script = Map.of("Content-Type", type, "Accept", "*/*", "Sec-Fetch-Mode", "cors");
            assertEquals(401, new UnfinishedUpload(at(path), script, beginning).status(), path);
            Map<String, String> person =
                    Map.of("Content-Type", type, "Accept", "text/html", "Sec-Fetch-Mode", "navigate");
            assertEquals(303, new UnfinishedUpload(at(path), person, beginning).status(), path);
        });
    }

    @Test
    default void anUploadWithoutALoginDoesNotReachThePage() {
        Map.of("upload", "application/octet-stream", "parts", "multipart/form-data; boundary=b")
                .forEach((path, type) -> {
                    RawRequest.Answer answer = RawRequest.get(at(path).getPath())
                            .byScript()
                            .form(BEFORE_THE_FILE.replace("\n", "\r\n") + "\r\n--b--\r\n")
                            .header("Content-Type", type)
                            .to(application());
                    assertEquals(401, answer.status(), path);
                    assertFalse(answer.body().contains("principal"), answer::body);
                });
    }

    private Page stream(Browser browser, String page, String type, byte[] body) {
        return browser.send(
                at(page),
                HttpRequest.newBuilder()
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    private Page parts(Browser browser, String page, byte[] file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(BEFORE_THE_FILE.replace("\n", "\r\n").getBytes(UTF_8));
        body.writeBytes(file);
        body.writeBytes("\r\n--b--\r\n".getBytes(UTF_8));
        return browser.send(
                at(page),
                HttpRequest.newBuilder()
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static void assertArrived(byte[] body, Page page) {
        assertEquals(200, page.status(), page::body);
        assertEquals(Integer.toString(body.length), page.line("length"));
        assertEquals(sha256(body), page.line("sha-256"));
    }

    private static void assertPartsArrived(byte[] file, Page page) {
        assertEquals(200, page.status(), page::body);
        assertEquals(file.length + " " + sha256(file), page.line("part.file"));
        assertEquals("noise.bin application/x-noise", page.line("file.file"));
        byte[] text = "wanted é".getBytes(UTF_8);
        assertEquals(text.length + " " + sha256(text), page.line("part.state"));
    }

    private static byte[] noise() {
        byte[] noise = new byte[SIZE];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
