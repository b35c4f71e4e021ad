// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String HOSTILE = "\"><script>alert('x')</script>&";

    @Test
    @Tag("RD-16")
    void escapesWhateverItIsMadeOf() {
        var links = new Page.Links(Optional.of(HOSTILE), HOSTILE);
        var page = Page.failure(Answer.BROKEN, new Page.Incident(HOSTILE, HOSTILE), links);
        assertFalse(page.html().contains("<script"));
        assertFalse(page.html().contains("alert('x')"));
        assertTrue(page.html().contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"));
    }

    @Test
    void showsCodeAndReferenceAndNothingThatRunsByItself() {
        var incident = new Page.Incident("state_unknown", "ref123");
        var page = Page.failure(Answer.UNKNOWN, incident, new Page.Links(Optional.empty(), "/app/"));
        assertTrue(page.html().contains("Code: state_unknown"));
        assertTrue(page.html().contains("Reference: ref123"));
        assertFalse(page.html().contains("http-equiv"));
        assertFalse(page.contentSecurityPolicy().contains("script-src"));
    }

    @Test
    @Tag("HI-06")
    void theContentSecurityPolicyAllowsExactlyTheStyleAndTheScriptOfThePage() throws Exception {
        var page = Page.resubmit("/app/oidc/callback", Map.of("code", HOSTILE));
        var policy = page.contentSecurityPolicy();
        assertTrue(policy.startsWith("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"));
        assertTrue(policy.contains("style-src 'sha256-" + hash(element(page, "style")) + "'"));
        assertTrue(policy.contains("script-src 'sha256-" + hash(element(page, "script")) + "'"));
        assertFalse(policy.contains("unsafe"));
        assertTrue(page.html().contains("name=\"code\" value=\"&quot;&gt;&lt;script&gt;"));
    }

    @Test
    void theConfirmationPostsItsProof() {
        var page = Page.confirmLogout("/app/oidc/logout", Map.of("proof", "sealed", "scope", "local"), "/app/");
        assertTrue(page.html().contains("<form method=\"post\" action=\"/app/oidc/logout\">"));
        assertTrue(page.html().contains("name=\"proof\" value=\"sealed\""));
        assertTrue(page.html().contains("name=\"scope\" value=\"local\""));
        assertEquals("same-origin", page.referrerPolicy());
    }

    private static String element(Page page, String name) {
        var matcher = Pattern.compile("<" + name + ">(.*?)</" + name + ">", Pattern.DOTALL)
                .matcher(page.html());
        assertTrue(matcher.find());
        return matcher.group(1);
    }

    private static String hash(String text) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(digest);
    }
}
