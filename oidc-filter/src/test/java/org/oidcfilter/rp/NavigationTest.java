// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NavigationTest {
    private static final Site SITE = new Site("https://shop.example", "/app", "/oidc");

    @Test
    void aBrowserThatNavigatesIsAPerson() {
        assertTrue(Navigation.isNavigation(PlainRequest.get("/page")));
        assertTrue(Navigation.isNavigation(PlainRequest.post("/page", "a=b")));
        assertTrue(Navigation.isNavigation(PlainRequest.get("/page").method("HEAD")));
    }

    @ParameterizedTest
    @CsvSource({"cors,empty", "no-cors,image", "same-origin,empty", "websocket,websocket", "navigate,object"})
    void fetchMetadataTellsScriptsAndSubresources(String mode, String destination) {
        var request = PlainRequest.get("/page").header("Sec-Fetch-Mode", mode).header("Sec-Fetch-Dest", destination);
        assertFalse(Navigation.isNavigation(request));
    }

    @Test
    void fetchMetadataOutweighsTheAcceptHeader() {
        assertFalse(Navigation.isNavigation(
                PlainRequest.get("/page").header("Sec-Fetch-Mode", "cors").header("Accept", "text/html")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get"})
    void otherMethodsAreNoNavigation(String method) {
        assertFalse(Navigation.isNavigation(PlainRequest.get("/page").method(method)));
    }

    @Test
    void aWebSocketHandshakeIsNoNavigationButAnOfferOfHttp2IsNoMatter() {
        var old = PlainRequest.get("/page").withoutHeader("Sec-Fetch-Mode").withoutHeader("Sec-Fetch-Dest");
        assertFalse(Navigation.isNavigation(old.header("Upgrade", "WebSocket")));
        assertTrue(Navigation.isNavigation(old.header("Upgrade", "h2c")));
    }

    @Test
    void aPageFetchedAheadIsNoNavigation() {
        assertFalse(Navigation.isNavigation(PlainRequest.get("/page").header("Sec-Purpose", "prefetch;prerender")));
        assertFalse(Navigation.isNavigation(PlainRequest.get("/page").header("Purpose", "prefetch")));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html,true",
        "'application/xhtml+xml,application/xml;q=0.9',true",
        "*/*,false",
        "application/json,false",
        "'',false"
    })
    void withoutFetchMetadataTheAcceptHeaderDecides(String accept, boolean navigation) {
        var request = PlainRequest.get("/page")
                .withoutHeader("Sec-Fetch-Mode")
                .withoutHeader("Sec-Fetch-Dest")
                .header("Accept", accept);
        assertEquals(navigation, Navigation.isNavigation(request));
    }

    @Test
    void olderScriptsAreToldByTheirHeaders() {
        var old = PlainRequest.get("/page").withoutHeader("Sec-Fetch-Mode").withoutHeader("Sec-Fetch-Dest");
        assertFalse(Navigation.isNavigation(old.header("X-Requested-With", "XMLHttpRequest")));
        assertFalse(Navigation.isNavigation(old.header("Faces-Request", "partial/ajax")));
        assertTrue(Navigation.isNavigation(old.header("X-Requested-With", "com.example.webview")));
    }

    @Test
    void onlyTheBrowserCanVouchForTheSameOrigin() {
        var request = PlainRequest.get("/oidc/logout");
        assertTrue(Navigation.sameOrigin(request.header("Sec-Fetch-Site", "same-origin"), SITE));
        for (var site : new String[] {"same-site", "cross-site", "none"}) {
            assertFalse(Navigation.sameOrigin(request.header("Sec-Fetch-Site", site), SITE));
        }
        assertFalse(Navigation.sameOrigin(request, SITE));
    }

    @Test
    void anImageOfTheSameOriginIsNoIntention() {
        var image = PlainRequest.get("/oidc/logout")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Sec-Fetch-Mode", "no-cors")
                .header("Sec-Fetch-Dest", "image");
        assertFalse(Navigation.sameOrigin(image, SITE));
    }

    @Test
    void withoutFetchMetadataOriginAndThenRefererCount() {
        var request = PlainRequest.get("/oidc/logout");
        assertTrue(Navigation.sameOrigin(request.header("Origin", "https://shop.example"), SITE));
        assertFalse(Navigation.sameOrigin(request.header("Origin", "null"), SITE));
        assertFalse(Navigation.sameOrigin(
                request.header("Origin", "https://evil.example").header("Referer", "https://shop.example/app/"), SITE));
        assertTrue(Navigation.sameOrigin(request.header("Referer", "https://shop.example/app/page"), SITE));
        assertFalse(Navigation.sameOrigin(request.header("Referer", "https://shop.example.evil/app/page"), SITE));
    }
}
