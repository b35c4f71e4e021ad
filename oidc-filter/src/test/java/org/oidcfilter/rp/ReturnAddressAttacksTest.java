// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.SetCookie;

/** Group RD of docs/attacks.md: where strangers could make a login lead. */
class ReturnAddressAttacksTest {
    private static final String SITE = "http://127.0.0.1:8080";
    private static final String HOME = SITE + "/app/";

    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    @Test
    @Tag("RD-01")
    void severalSlashesNameNoHost() throws Exception {
        leadHome("//evil.example", "///evil.example", "////evil.example", "//evil.example/app/", "/app//evil.example");
        refusesPages("//evil.example", "///evil.example", "/app//evil.example");
    }

    @Test
    @Tag("RD-02")
    void aBackslashIsNoSlash() throws Exception {
        leadHome(
                "/\\evil.example", "\\/evil.example", "/\\/evil.example", "https:\\\\evil.example", "\\\\evil.example");
        refusesPages("/\\evil.example", "/app/\\evil.example", "/app/%5Cevil.example");
    }

    @Test
    @Tag("RD-03")
    void controlCharactersEndNeitherAnAddressNorAHeader() throws Exception {
        leadHome(
                "/%09/evil.example",
                "/\t//evil.example",
                "/\t/evil.example",
                "/app/%0d%0aSet-Cookie:x=1",
                "/app/\r\nSet-Cookie:x=1",
                "%0d%0aSet-Cookie:x=1",
                "/app/%00",
                "/app/\u0000",
                "\u0001/app/");
        refusesPages("/app/%09/evil.example", "/app/%0d%0aSet-Cookie:x=1", "/app/%00");
        assertEquals(SITE + "/app/page?x=%0d%0aSet-Cookie:x=1", end(page("/page?x=%0d%0aSet-Cookie:x=1")));
        assertEquals(HOME, end(page("/page?x=\r\nSet-Cookie:x=1")));
    }

    @Test
    @Tag("RD-04")
    void anAbsoluteAddressIsOfOurOwnOriginOrNone() throws Exception {
        leadHome(
                "https://evil.example",
                "https:evil.example",
                "HTTPS:/evil.example",
                "http://127.0.0.1:8080@evil.example",
                "http://evil.example#@127.0.0.1:8080",
                "http://evil.example/?http://127.0.0.1:8080/app/",
                "http://127.0.0.1:8080.evil.example",
                "http://127.0.0.1.evil.example:8080/app/",
                "http://[::ffff:1.2.3.4]",
                "http://127.0.0.1/app/",
                "https://127.0.0.1:8080/app/",
                "http://2130706433:8080/app/");
        assertEquals(SITE + "/app/x", end(onPurpose("return_to", SITE + "/app/x")));
    }

    @Test
    @Tag("RD-05")
    void whatIsEncodedTwiceIsStillOnlyAPath() throws Exception {
        leadHome("%2f%2fevil.example", "%252f%252fevil.example", "/%5cevil.example", "/%2fevil.example");
        leadHome("\u3035evil.example", "/\u30fcevil.example", "\uff0f\uff0fevil.example", "/\u2215evil.example");
        for (var address : List.of("/%c0%af%c0%afevil.example", "/%252f%252fevil.example", "/%255cevil.example")) {
            var end = URI.create(end(onPurpose("return_to", address)));
            assertEquals(SITE + address, end.toString(), "harmless: a path of our own");
            assertEquals("127.0.0.1:8080", end.getRawAuthority());
        }
        attack.refusesAndKeepsLogin(
                Reason.RESPONSE_MALFORMED, PlainRequest.get("/oidc/login?return_to=%c0%af%c0%afevil.example"));
    }

    @Test
    @Tag("RD-06")
    void noSchemeIsAPlaceToGoTo() throws Exception {
        leadHome(
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "java\tscript:alert(1)",
                "javascript://127.0.0.1:8080/%0aalert(1)",
                "data:text/html,<script>alert(1)</script>",
                "vbscript:x",
                "file:///etc/passwd",
                "blob:http://127.0.0.1:8080/x");
    }

    @Test
    @Tag("RD-07")
    void aHostThatOnlyBeginsOrEndsLikeOursIsAnother() throws Exception {
        restart(Map.of("oidc.external-url", "https://example.com/app"));
        for (var address : List.of(
                "https://evil-example.com/app/",
                "https://example.com.evil/app/",
                "https://evil.example.com/app/",
                "https://xexample.com/app/",
                "https://example.com:8443/app/",
                "https://EXAMPLE.com/app/",
                "http://example.com/app/")) {
            assertEquals("https://example.com/app/", endOfExternal(address), address);
        }
        assertEquals("https://example.com/app/x", endOfExternal("https://example.com/app/x"));
    }

    @Test
    @Tag("RD-08")
    void leadsBackToTheVeryPageByteForByte() throws Exception {
        for (var asked : List.of(
                "/secure/x?a=1&b=%2F",
                "/secure/x?a=1&b=%2f&a=2&&c",
                "/secure/x?",
                "/secure/x?q=%C3%A9+%20%25&r=http://evil.example//",
                "/secure/x?q={a}|[b]^`c'")) {
            assertEquals(SITE + "/app" + asked, end(page(asked)));
        }
        var encoded = "/app/secure/caf%C3%A9/a+b%20c;v=1";
        assertEquals(SITE + encoded, end(page("/secure/caf\u00e9/a+b c").sentAs(encoded)));
    }

    @Test
    @Tag("RD-10")
    void theHostHeaderIsNobodyWhereTheAddressIsConfigured() throws Exception {
        restart(Map.of("oidc.external-url", "https://example.com/app"));
        for (var origin : List.of("https://evil.example", "http://evil.example", "https://example.com@evil.example")) {
            var browser = attack.application.browser();
            var redirect = location(browser.reply(PlainRequest.get("/page").origin(origin)));
            assertEquals("https://example.com/app/oidc/callback", LoginAttack.parameter(redirect, "redirect_uri"));
            var refused = browser.reply(error(redirect, "access_denied").origin(origin));
            assertFalse(redirect.contains("evil") || refused.body().contains("evil"), origin);
            assertTrue(refused.body().contains("/app/oidc/login?return_to=%2Fapp%2Fpage"), refused.body());
        }
    }

    @Test
    @Tag("RD-10")
    void aHostHeaderThatNobodyHasConfiguredStartsNoLoginWithoutHttps() throws Exception {
        attack.refusesAndKeepsLogin(
                Reason.INSECURE_TRANSPORT, PlainRequest.get("/page").origin("http://evil.example"));
        assertEquals(0, attack.application.calls.get());
    }

    @Test
    @Tag("RD-11")
    void noHeaderOfAProxyIsRead() throws Exception {
        for (var lie : Map.of(
                        "X-Forwarded-Host", "evil.example",
                        "X-Forwarded-Proto", "http",
                        "X-Forwarded-Port", "99",
                        "X-Forwarded-Prefix", "//evil.example",
                        "X-Forwarded-For", "127.0.0.1",
                        "Forwarded", "host=evil.example;proto=http",
                        "X-Original-URL", "/public/page",
                        "X-Rewrite-URL", "/public/page")
                .entrySet()) {
            for (var request : List.of(page("/secure"), page("/secure").origin("https://shop.example"))) {
                var origin = request.origin();
                var reply = attack.application.browser().reply(request.header(lie.getKey(), lie.getValue()));
                assertEquals(302, reply.status(), lie.getKey());
                assertEquals(origin + "/app/oidc/callback", LoginAttack.parameter(location(reply), "redirect_uri"));
                assertEquals(origin.startsWith("https"), reply.cookies().get(0).secure());
                assertFalse(location(reply).contains("evil")
                        || reply.cookies().toString().contains("evil"));
            }
            assertEquals(SITE + "/app/secure", end(page("/secure").header(lie.getKey(), lie.getValue())));
        }
    }

    @Test
    @Tag("RD-13")
    void aLoginThatShowsNothingLeadsNowhereElseEither() throws Exception {
        for (var address :
                List.of("//evil.example", "https://evil.example/", "/app/oidc/logout", "javascript:alert(1)")) {
            var redirect = location(attack.browser.reply(
                    PlainRequest.get("/oidc/login?prompt=none&return_to=" + Login.encoded(address))));
            assertEquals("none", LoginAttack.parameter(redirect, "prompt"));
            var back = attack.browser.reply(error(redirect, "login_required"));
            assertEquals(HOME, location(back), "neither another site nor a token or an error in the address");
            assertTrue(attack.browser.session.stored.isEmpty());
            assertEquals(HOME, end(PlainRequest.get("/oidc/login?prompt=none&return_to=" + Login.encoded(address))));
            attack.browser.session.end();
        }
        var page = location(attack.browser.reply(PlainRequest.get("/secure?prompt=none")));
        assertFalse(page.contains("prompt"), "the query of a page asks the provider for nothing");
    }

    @Test
    @Tag("RD-14")
    void aLongAddressGivesWayBeforeACookieGrows() throws Exception {
        for (var query : List.of("q=" + "x".repeat(8 * 1024), "q=" + "x%2F".repeat(2048), "a&".repeat(4096))) {
            var browser = attack.application.browser();
            var reply = browser.reply(PlainRequest.get("/page?" + query));
            var size = reply.cookies().stream()
                    .filter(cookie -> !cookie.maxAge().isZero())
                    .map(SetCookie::header)
                    .mapToInt(String::length)
                    .sum();
            assertTrue(size < 2200, "cookie of " + size);
            var end = end(browser.reply(attack.callback(location(reply))));
            assertTrue(List.of(SITE + "/app/page", HOME).contains(end), end);
        }
        assertEquals(HOME, end(page("/" + "x".repeat(8 * 1024))));
    }

    @Test
    @Tag("RD-15")
    void aFragmentIsNeverPartOfAnAddressAndAnEncodedOneStaysEncoded() throws Exception {
        leadHome("/app/secure#tab=2", SITE + "/app/secure#tab=2", "#tab=2");
        assertEquals(SITE + "/app/secure?x=%23tab=2", end(page("/secure?x=%23tab=2")));
        assertEquals(SITE + "/app/a%23b", end(PlainRequest.get("/a#b").sentAs("/app/a%23b")));
        assertEquals(SITE + "/app/a%23b", end(onPurpose("return_to", "/app/a%23b")));
    }

    @Test
    @Tag("RD-16")
    void anAddressInAPageOfOursIsEscaped() throws Exception {
        var hostile = "/page?x='+alert(1)+'&y=</script><img src=x onerror=alert(1)>\"";
        var allowed = "/page?x='onclick='alert(1)'&amp;&lt;{}|`";
        for (var asked : List.of(hostile, allowed)) {
            for (var body : List.of(failed(asked), over(asked))) {
                assertFalse(body.contains("'onclick") || body.contains("<img") || body.contains("alert(1)>"), body);
                assertTrue(body.contains("href=\"/app/oidc/login?return_to=%2Fapp%2F"), body);
                assertTrue(
                        body.matches("(?s)[^<]*(?:<[^<>\"]*(?:\"[^\"<>]*\"[^<>\"]*)*>[^<>]*)*"),
                        "well-formed: " + body);
                assertFalse(body.contains("http-equiv") || body.contains("<script"), "leads nowhere by itself");
            }
        }
    }

    /** The page that a refused login ends on. */
    private String failed(String asked) throws Exception {
        var redirect = location(attack.browser.reply(page(asked)));
        return attack.browser.reply(error(redirect, "access_denied")).body();
    }

    /** The page that says that a session is over. */
    private String over(String asked) throws Exception {
        try (var application = Application.with(Map.of("oidc.session-expired", "page"))) {
            var browser = application.browser();
            browser.logIn("/page");
            application.clock.advance(Duration.ofHours(1));
            return browser.reply(page(asked)).body();
        }
    }

    /** However the address is given: to the login endpoint, by ourselves or a third party, or as the page a form is on. */
    private void leadHome(String... addresses) throws Exception {
        for (var address : addresses) {
            assertEquals(HOME, end(onPurpose("return_to", address)), address);
            assertEquals(HOME, end(onPurpose("target_link_uri", address)), address);
            assertEquals(HOME, end(PlainRequest.post("/orders", "a=b").header("Referer", address)), address);
        }
    }

    /** A page that is asked for by such an address is none. */
    private void refusesPages(String... sent) throws Exception {
        for (var raw : sent) {
            attack.refusesAndKeepsLogin(
                    Reason.AMBIGUOUS_PATH, PlainRequest.get("/page").sentAs(raw));
        }
    }

    private static PlainRequest page(String pathAndQuery) {
        return PlainRequest.get(pathAndQuery);
    }

    private static PlainRequest onPurpose(String parameter, String address) {
        return PlainRequest.get("/oidc/login?" + parameter + "=" + Login.encoded(address));
    }

    /** Where the login ends that a request starts. */
    private String end(PlainRequest request) throws Exception {
        var browser = attack.application.browser();
        return end(browser.reply(PlainBrowser.fromProvider(location(browser.reply(request)))));
    }

    private static String end(Reply reply) {
        assertTrue(reply.status() == 302, reply.status() + reply.body());
        assertTrue(reply.headers().values().stream().allMatch(value -> value.matches("[ -~]*")), "one line each");
        return location(reply);
    }

    /** The same behind an external URL, which no browser of ours can reach: the response is made by hand. */
    private String endOfExternal(String address) throws Exception {
        var redirect = location(
                attack.browser.reply(PlainRequest.get("/oidc/login?prompt=none&return_to=" + Login.encoded(address))));
        return location(attack.browser.reply(error(redirect, "login_required")));
    }

    /** What the provider says to a request that it refuses. */
    private PlainRequest error(String redirect, String error) {
        return PlainRequest.get("/oidc/callback?error=" + error + "&iss="
                + Login.encoded(attack.application.provider.issuer()) + "&state="
                + Login.encoded(LoginAttack.parameter(redirect, "state")));
    }

    private void restart(Map<String, String> settings) {
        attack.close();
        attack = LoginAttack.with(settings);
    }
}
