// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

/** What goes wrong has a page of ours with a stable code, which no container replaces by another one, and logs nobody in. */
public interface ErrorScenarios extends ProtectedApplication {

    @Test
    @Tag("HI-06")
    default void showsAPageWithTheCodeToAPerson() {
        Page page = new Browser().visit(at("oidc/callback?code=x&state=y"));

        assertError(400, "state_unknown", page);
        assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"), page::body);
        assertEquals("no-store", page.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(
                "nosniff", page.headers().firstValue("X-Content-Type-Options").orElse(""));
        String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), policy);
    }

    @Test
    default void tellsAScriptTheCodeAsJson() {
        Page page = new Browser().fetch(at("public/whoami"), at("oidc/callback?code=x&state=y"));

        assertEquals(400, page.status());
        assertEquals(
                "application/json",
                page.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", ""));
        assertTrue(page.body().contains("\"error\":\"state_unknown\""), page::body);
        assertTrue(page.body().matches(".*\"reference\":\"[0-9a-f]{12}\".*"), page::body);
    }

    @Test
    default void showsThatTheProviderRefusedTheLogin() {
        provider()
                .answer(
                        Endpoint.AUTHORIZE,
                        (request, honest) -> Reply.redirect(at("oidc/callback") + "?error=access_denied&iss="
                                + provider().issuer() + "&state="
                                + request.query("state").orElseThrow()));
        assertNobodyGetsIn(403, "login_refused");
    }

    @Test
    default void showsThatAnIdTokenIsNotToBeBelieved() {
        provider().idTokens((header, claims) -> claims.put("nonce", "another"));
        assertNobodyGetsIn(400, "token_nonce");
    }

    @Test
    default void showsThatTheProviderDoesNotAnswer() {
        provider().answer(Endpoint.TOKEN, (request, honest) -> Reply.hangUp());
        assertNobodyGetsIn(503, "provider_unreachable");
    }

    private void assertNobodyGetsIn(int status, String code) {
        Browser browser = new Browser();
        provider().loginAs("alice");
        try {
            assertError(status, code, browser.open(at("whoami")));
        } finally {
            provider().idTokens(null);
            provider().honest();
        }
        assertEquals("anonymous", browser.visit(at("public/whoami")).line("principal"));
        assertEquals("alice", browser.open(at("whoami")).line("subject"), "and the next time it works");
    }

    private static void assertError(int status, String code, Page page) {
        assertEquals(status, page.status(), page::body);
        assertTrue(page.body().contains(code), page::body);
        assertFalse(page.hasLine("error"), "not the page of the application");
    }
}
