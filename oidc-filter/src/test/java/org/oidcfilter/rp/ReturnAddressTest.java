// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnAddressTest {
    private static final Site SITE = new Site("https://shop.example", "/app", "/oidc");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/app/page",
                "/app/page?a=1&b=%2F&c=http://evil.example/",
                "/app/%C3%A4/x.y~z",
                "/app/page?x={a}|[b]",
                "/app/caf%C3%A9;v=1/menu"
            })
    void keepsAPathOfOurOwnByteForByte(String address) {
        assertEquals(Optional.of(address), ReturnAddress.within(SITE, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "page",
                "//evil.example",
                "///evil.example",
                "////evil.example",
                "/\\evil.example",
                "\\/evil.example",
                "/\\/evil.example",
                "https:\\\\evil.example",
                "/\t/evil.example",
                "/%09/evil.example",
                "/%0d%0aSet-Cookie:x=1",
                "/%00",
                "/a\r\nX: y",
                "https://evil.example",
                "https:evil.example",
                "HTTPS:/evil.example",
                "http://shop.example@evil.example",
                "http://evil.example#@shop.example",
                "https://shop.example.evil.example/",
                "https://shop.example@evil.example/",
                "https://shop.example:8443/",
                "http://shop.example/app/",
                "http://[::ffff:1.2.3.4]",
                "%2f%2fevil.example",
                "/%2fevil.example",
                "/%2Fevil.example",
                "/%5cevil.example",
                "/app/%5C%5Cevil.example",
                "/\u3035evil.example",
                "/\u30fcevil.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "file:///etc/passwd",
                "/app/page#fragment",
                "/app/%zz",
                "/app/page?x=\"><script>",
                " /app"
            })
    void refusesWhateverABrowserCouldReadAsAnotherPlace(String address) {
        assertEquals(Optional.empty(), ReturnAddress.within(SITE, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/;x/",
                "/;x/evil.example",
                "/;x/oidc/logout",
                "/;/",
                "/app/;x/page",
                "/app//page",
                "/app/%2fpage",
                "/../oidc/logout",
                "/./oidc/logout",
                "/%2e%2e/oidc/logout",
                "/app/.%2E;x/page",
                "/app/..",
                "/;jsessionid=1;x/"
            })
    @Tag("AQ-08")
    void refusesEmptyAndDotSegmentsHoweverTheyAreHidden(String address) {
        assertEquals(Optional.empty(), ReturnAddress.within(SITE, address));
    }

    @Test
    void readsAPathAsAServerDoes() {
        assertEquals("/app/a b+c/é", ReturnAddress.path("/app;x=1/a%20b+c/%C3%A9;y?z=;//"));
        assertEquals("/app/%2e", ReturnAddress.path("/app/%252e"));
    }

    @Test
    @Tag("DS-08")
    void aLongAddressCostsNoStackAndAHugeOneIsRefused() {
        var query = "/app/page?q=" + "x%2F".repeat(2000);
        assertEquals(Optional.of(query), ReturnAddress.within(SITE, query));
        assertEquals(Optional.empty(), ReturnAddress.within(SITE, "/app/page?q=" + "x".repeat(1_000_000)));
        assertEquals(Optional.empty(), ReturnAddress.within(SITE, "/" + "a".repeat(8000) + "\\"));
    }

    @Test
    void takesAnAbsoluteAddressOfTheSameOriginOnly() {
        assertEquals(Optional.of("/app/page?x=1"), ReturnAddress.within(SITE, "https://shop.example/app/page?x=1"));
        assertEquals(Optional.empty(), ReturnAddress.within(SITE, "https://shop.example//evil.example"));
    }

    @Test
    @Tag("SE-22")
    void dropsASessionId() {
        assertEquals(Optional.of("/app/page?a=1"), ReturnAddress.safe("/app/page;jsessionid=ABC.node1?a=1"));
        assertEquals(Optional.of("/app/page"), ReturnAddress.safe("/app/page;JSESSIONID=ABC"));
    }

    @Test
    void aRefererCountsOnlyIfItIsAbsoluteAndOurs() {
        assertEquals(
                Optional.of("/app/form?x=1"),
                ReturnAddress.referer(SITE, Optional.of("https://shop.example/app/form?x=1")));
        assertEquals(Optional.empty(), ReturnAddress.referer(SITE, Optional.of("/app/form")));
        assertEquals(Optional.empty(), ReturnAddress.referer(SITE, Optional.of("https://evil.example/app/form")));
        assertEquals(Optional.empty(), ReturnAddress.referer(SITE, Optional.empty()));
    }
}
