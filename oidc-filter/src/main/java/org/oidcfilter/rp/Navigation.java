// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.Locale;
import java.util.Set;
import org.oidcfilter.OidcRequest;

/**
 * Tells a person who navigates from a script. Only a navigation can end at the provider's login page; everything else
 * gets a 401 and no login state.
 */
final class Navigation {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
    private static final Set<String> DESTINATIONS = Set.of("document", "iframe", "frame");

    private Navigation() {}

    /** Whether the browser would show the provider's login page to a person. */
    static boolean isNavigation(OidcRequest request) {
        if (!METHODS.contains(request.method()) || speculative(request) || webSocket(request)) {
            return false;
        }
        return request.header("Sec-Fetch-Mode")
                .map(mode -> mode.equals("navigate") && destined(request))
                .orElseGet(() -> looksLikeNavigation(request));
    }

    /** Whether the request comes from a page of the application itself, and the browser vouches for it. */
    static boolean sameOrigin(OidcRequest request, Site site) {
        var fetchSite = request.header("Sec-Fetch-Site");
        if (fetchSite.isPresent()) {
            return fetchSite.get().equals("same-origin") && (isPost(request) || isNavigation(request));
        }
        var origin = request.header("Origin");
        if (origin.isPresent()) {
            return origin.get().equals(site.origin());
        }
        return request.header("Referer")
                .map(referer -> referer.startsWith(site.origin() + "/"))
                .orElse(false);
    }

    static boolean isPost(OidcRequest request) {
        return request.method().equals("POST");
    }

    private static boolean destined(OidcRequest request) {
        return request.header("Sec-Fetch-Dest").map(DESTINATIONS::contains).orElse(true);
    }

    /** Not just any upgrade: clients offer h2c with ordinary requests. */
    private static boolean webSocket(OidcRequest request) {
        return request.header("Upgrade").map("websocket"::equalsIgnoreCase).orElse(false);
    }

    /** A page fetched ahead of a click that may never come. */
    private static boolean speculative(OidcRequest request) {
        return request.header("Sec-Purpose")
                .or(() -> request.header("Purpose"))
                .map(purpose -> purpose.toLowerCase(Locale.ROOT).startsWith("prefetch"))
                .orElse(false);
    }

    /** For browsers and origins without fetch metadata. */
    private static boolean looksLikeNavigation(OidcRequest request) {
        // Android's WebView sends the application's package name in X-Requested-With, also when it navigates
        var script = request.header("X-Requested-With")
                        .map("XMLHttpRequest"::equalsIgnoreCase)
                        .orElse(false)
                || request.header("Faces-Request").isPresent();
        return !script && request.header("Accept").map(Navigation::wantsHtml).orElse(false);
    }

    private static boolean wantsHtml(String accept) {
        var types = accept.toLowerCase(Locale.ROOT);
        return types.contains("text/html") || types.contains("application/xhtml+xml");
    }
}
