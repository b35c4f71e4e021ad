// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

class ReturnAddressFuzzTest {
    private static final String ORIGIN = "https://shop.example";
    private static final Site SITE = new Site(ORIGIN, "/app", "/oidc");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final int LONGEST = 8192;

    @FuzzTest(maxDuration = "10m")
    void whateverIsAcceptedStaysOnTheOriginForEveryReader(byte[] bytes) {
        var address = new String(bytes, StandardCharsets.UTF_8);
        ReturnAddress.within(SITE, address).ifPresent(ReturnAddressFuzzTest::requireHome);
        ReturnAddress.safe(address).ifPresent(ReturnAddressFuzzTest::requireHome);
        ReturnAddress.referer(SITE, Optional.of(address)).ifPresent(referer -> {
            requireHome(referer);
            assertEquals(ORIGIN, originToABrowser(address));
        });
    }

    private static void requireHome(String address) {
        require(address.length() <= LONGEST, "too long");
        require(address.chars().allMatch(c -> c > ' ' && c <= '~'), "a header cannot carry " + address);
        require(!address.toLowerCase(Locale.ROOT).contains(";jsessionid="), "a session id in " + address);
        assertEquals(Optional.of(address), ReturnAddress.within(SITE, address));
        assertEquals(Optional.of(address), ReturnAddress.within(SITE, ORIGIN + address));
        var absolute = ReturnAddress.absolute(SITE, address);
        assertEquals(ORIGIN, originToABrowser(absolute), absolute);
        assertEquals(ORIGIN, originToABrowser(address), address);
        for (var segment : ReturnAddress.path(address).substring(1).split("/", -1)) {
            require(!segment.equals(".") && !segment.equals(".."), "a dot segment in " + address);
        }
        require(!ReturnAddress.path(address).contains("//"), "an empty segment in " + address);
        var decoded = ORIGIN + URLDecoder.decode(path(address), StandardCharsets.UTF_8);
        assertEquals(ORIGIN, originToABrowser(decoded), decoded);
        assertEquals(ORIGIN, originToABrowser(decoded.substring(ORIGIN.length())), decoded);
        assertEquals(
                "shop.example", URI.create(absolute.replaceAll("[?].*", "")).getHost());
    }

    private static String path(String address) {
        var query = address.indexOf('?');
        return (query < 0 ? address : address.substring(0, query)).replace("+", "%2B");
    }

    /**
     * The origin that a browser goes to from a page of the site, after the URL Standard: white space around and tabs and
     * newlines within are dropped, a backslash is a slash, any number of slashes may follow a scheme, and what precedes
     * the last at sign of the authority is no host.
     */
    private static String originToABrowser(String address) {
        var text = address.replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$|[\\t\\n\\r]", "");
        var scheme = SCHEME.matcher(text);
        if (scheme.matches()) {
            return absoluteOrigin(scheme.group(1).toLowerCase(Locale.ROOT), scheme.group(2));
        }
        var slashes = text.replace('\\', '/');
        return slashes.startsWith("//") ? absoluteOrigin("https", slashes) : ORIGIN;
    }

    private static String absoluteOrigin(String scheme, String rest) {
        if (scheme.equals("https") && !rest.startsWith("/") && !rest.startsWith("\\")) {
            return "relative to the page"; // https:page, which some take for https://page
        }
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return scheme + ":";
        }
        var authority = rest.replace('\\', '/').replaceAll("^/+", "").replaceAll("(?s)[/?#].*", "");
        var host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return scheme + "://" + (scheme.equals("https") && host.endsWith(":443") ? host.replace(":443", "") : host);
    }
}
