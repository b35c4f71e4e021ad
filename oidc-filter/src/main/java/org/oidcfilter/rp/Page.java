// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of the relying party. All text is escaped; the content security policy allows the page's own style and nothing
 * else.
 *
 * @param html the whole document
 * @param script the only script the page may run, if any
 * @param referrerPolicy how much a following request may say about this page
 */
record Page(String html, Optional<String> script, String referrerPolicy) {
    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{font:1rem/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center;
            background:light-dark(#f4f5f7,#16181d);color:light-dark(#1d2129,#e8eaee)}
            main{max-width:30rem;margin:1rem;padding:2rem;border-radius:.75rem;background:light-dark(#fff,#21242b);
            box-shadow:0 1px 4px rgb(0 0 0/.2)}
            h1{font-size:1.4rem;margin:0 0 .75rem}
            p{margin:.5rem 0}
            small{display:block;margin-top:1.5rem;color:light-dark(#5a6270,#a3abb8)}
            a,button{display:inline-block;margin:1rem .75rem 0 0;padding:.5rem 1.1rem;border:0;border-radius:.4rem;
            font:inherit;text-decoration:none;background:#1a5fb4;color:#fff;cursor:pointer}
            a:focus-visible,button:focus-visible{outline:3px solid #f5a623;outline-offset:2px}
            a.quiet{background:none;color:light-dark(#1a5fb4,#8ab8f0);padding-left:0}
            """;
    /** Not the form's own {@code submit}: a field of that name would stand in its place. */
    private static final String SUBMIT = "HTMLFormElement.prototype.submit.call(document.forms[0])";

    /** What went wrong, with a way out; the way out is never taken by itself. */
    static Page failure(Answer answer, Incident incident, Links links) {
        return of(
                answer.heading(),
                "<p>" + escape(answer.advice()) + "</p>"
                        + links.retry().map(url -> link(url, "Try again")).orElse("")
                        + link(links.home(), "quiet", "Start page")
                        + "<small>Code: " + escape(incident.code()) + "<br>Reference: " + escape(incident.reference())
                        + "</small>");
    }

    /**
     * Asks whether to sign out, because the request did not provably come from the application.
     *
     * @param fields what the answer repeats of the question, the proof included
     */
    static Page confirmLogout(String action, Map<String, String> fields, String home) {
        var page = of(
                "Sign out?",
                "<p>Do you want to sign out?</p>" + form(action, fields.entrySet()) + "<button>Sign out</button>"
                        + link(home, "quiet", "Stay signed in") + "</form>");
        // with no-referrer browsers would send "Origin: null" along with the form
        return new Page(page.html, Optional.empty(), "same-origin");
    }

    static Page signedOut(String advice, String home) {
        return of("You are signed out", "<p>" + escape(advice) + "</p>" + link(home, "Start page"));
    }

    /**
     * Sends a form that came from another site once more, now from this one, so that the browser adds the cookies it
     * withheld.
     */
    static Page resubmit(String action, Map<String, String> fields) {
        return submitted("Signing in …", "One more step to sign you in.", form(action, fields.entrySet()));
    }

    /** Sends a form of the application once more. */
    static Page sendAgain(String action, List<Map.Entry<String, String>> fields) {
        return submitted("Sending your form …", "One more step to send your form.", form(action, fields));
    }

    /** The session is over, and the person is to know before anything else happens. */
    static Page expired(String login, String home) {
        return of(
                "Your session has ended",
                "<p>You were signed in, but not active for a while, or signed out elsewhere.</p>"
                        + link(login, "Sign in again") + link(home, "quiet", "Start page"));
    }

    private static Page submitted(String title, String withoutScript, String form) {
        var page = of(
                title,
                form + "<noscript><p>" + withoutScript + "</p><button>Continue</button></noscript></form><script>"
                        + SUBMIT + "</script>");
        return new Page(page.html, Optional.of(SUBMIT), "same-origin");
    }

    /** A form and its fields, without its end. */
    private static String form(String action, Collection<Map.Entry<String, String>> fields) {
        var form = new StringBuilder("<form method=\"post\" action=\"" + escape(action) + "\">");
        fields.forEach(field -> form.append(hidden(field.getKey(), field.getValue())));
        return form.toString();
    }

    /** What the operator has to be told: the code of the reason, and the reference id of the entry in the log. */
    record Incident(String code, String reference) {}

    /** Where a page leads: a retry, if there is something to retry, and the start page. */
    record Links(Optional<String> retry, String home) {}

    String contentSecurityPolicy() {
        return "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src " + source(STYLE)
                + script.map(text -> "; script-src " + source(text)).orElse("");
    }

    /** Escapes text for HTML content and double-quoted attributes. */
    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static Page of(String title, String body) {
        var html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(title)
                + "</title><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><style>" + STYLE
                + "</style></head><body><main><h1>" + escape(title) + "</h1>" + body + "</main></body></html>";
        return new Page(html, Optional.empty(), "no-referrer");
    }

    private static String link(String url, String text) {
        return "<a href=\"" + escape(url) + "\">" + escape(text) + "</a>";
    }

    private static String link(String url, String style, String text) {
        return "<a class=\"" + style + "\" href=\"" + escape(url) + "\">" + escape(text) + "</a>";
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escape(name) + "\" value=\"" + escape(value) + "\">";
    }

    private static String source(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
