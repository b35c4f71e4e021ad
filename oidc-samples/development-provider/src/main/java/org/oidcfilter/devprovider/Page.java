// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/**
 * The HTML pages' common frame. Style and script are inline and allowed by their hashes alone.
 *
 * <p>There is no {@code form-action} in the policies: browsers apply it to the redirects after a form too, and ours lead
 * to the client's origin.
 */
final class Page {
    private static final String STYLE = resource("page.css");
    private static final String SUBMIT = "document.forms[0].submit();";
    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; style-src '" + hash(STYLE) + "'; frame-ancestors 'none'";
    /** Framing is allowed, because a silent login happens in a hidden frame. */
    private static final String SUBMIT_POLICY =
            "default-src 'none'; base-uri 'none'; style-src '" + hash(STYLE) + "'; script-src '" + hash(SUBMIT) + "'";

    private Page() {}

    /** A page with this title and content; both are HTML already. */
    static Reply of(int status, String title, String content) {
        return of(status, title, content, "");
    }

    /** A page that may do more: these directives are added to the policy. */
    static Reply of(int status, String title, String content, String directives) {
        return reply(status, title, content).header("Content-Security-Policy", POLICY + directives);
    }

    /** A page that says what went wrong; both texts are plain. */
    static Reply problem(int status, String title, String explanation) {
        String safeTitle = escape(title);
        return of(status, safeTitle, "<h1>" + safeTitle + "</h1>\n<p>" + escape(explanation) + "</p>");
    }

    /** A page that posts these fields by itself, or by a button where scripts are off. */
    static Reply autoSubmit(String action, Map<String, String> fields) {
        String inputs = fields.entrySet().stream()
                .map(field -> hidden(field.getKey(), field.getValue()))
                .collect(joining("\n"));
        String content = """
                <h1>Going back to the application</h1>
                <form method="post" action="%s">
                %s
                <noscript><button class="action">Continue</button></noscript>
                </form>
                <script>%s</script>""".formatted(escape(action), inputs, SUBMIT);
        return reply(200, "Going back to the application", content).header("Content-Security-Policy", SUBMIT_POLICY);
    }

    static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escape(name) + "\" value=\"" + escape(value) + "\">";
    }

    /** Safe between tags and in quoted attributes. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static Reply reply(int status, String title, String content) {
        String html = """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>%s</style>
                </head>
                <body>
                <main>
                <p class="badge">Development provider</p>
                %s
                </main>
                </body>
                </html>
                """.formatted(title, STYLE, content);
        return new Reply(status, Map.of("Content-Type", "text/html; charset=utf-8"), html.getBytes(UTF_8)).notStored();
    }

    /** What a policy calls an inline style or script. */
    static String hash(String inline) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("Missing from the jar: " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
