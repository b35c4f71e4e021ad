// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CookieJarTest {
    private static final URI SHOP = URI.create("http://127.0.0.1:8080/shop/cart");
    private static final URI PROVIDER = URI.create("http://localhost:9090/authorize");

    private final CookieJar jar = new CookieJar(Clock.systemUTC());

    @Test
    void sendsCookieToItsHostOnEveryPort() {
        store("a=1; Path=/");

        assertEquals("a=1", jar.header(Visit.typed(SHOP)));
        assertEquals("a=1", jar.header(Visit.typed(URI.create("http://127.0.0.1:81/"))));
        assertEquals("", jar.header(Visit.typed(PROVIDER)));
    }

    @Test
    void sendsCookieBelowItsPathOnly() {
        store("a=1; Path=/shop");

        assertEquals("a=1", jar.header(Visit.typed(SHOP.resolve("/shop/x/y"))));
        assertEquals("a=1", jar.header(Visit.typed(SHOP.resolve("/shop"))));
        assertEquals("", jar.header(Visit.typed(SHOP.resolve("/shopping"))));
    }

    @Test
    void takesFolderOfRequestForMissingPath() {
        store("a=1");

        assertEquals("a=1", jar.header(Visit.typed(SHOP.resolve("/shop/other"))));
        assertEquals("", jar.header(Visit.typed(SHOP.resolve("/"))));
    }

    @Test
    void sendsLongestPathFirst() {
        store("a=1; Path=/", "b=2; Path=/shop");

        assertEquals("b=2; a=1", jar.header(Visit.typed(SHOP)));
    }

    @Test
    void replacesCookieOfSameNameAndPath() {
        store("a=1; Path=/", "a=2; Path=/");

        assertEquals("a=2", jar.header(Visit.typed(SHOP)));
    }

    @Test
    void forgetsCookieWhoseMaxAgeIsOver() {
        store("a=1; Path=/; Max-Age=60", "b=2; Path=/");
        assertEquals("a=1; b=2", jar.header(Visit.typed(SHOP)));

        store("a=; Path=/; Max-Age=0");
        assertEquals("b=2", jar.header(Visit.typed(SHOP)));
    }

    @Test
    void sendsLaxCookieAlongLinkFromElsewhereButNotWithForm() {
        store("lax=1; Path=/; SameSite=Lax", "unsaid=2; Path=/");

        assertEquals("lax=1; unsaid=2", jar.header(Visit.link(PROVIDER, SHOP)));
        assertEquals("", jar.header(form(PROVIDER)));
        assertEquals("", jar.header(Visit.script(PROVIDER, SHOP)));
        assertEquals("lax=1; unsaid=2", jar.header(form(SHOP)));
    }

    @Test
    void sendsStrictCookieWithinItsSiteOnly() {
        store("a=1; Path=/; SameSite=Strict");

        assertEquals("", jar.header(Visit.link(PROVIDER, SHOP)));
        assertEquals("a=1", jar.header(Visit.link(SHOP, SHOP)));
        assertEquals("a=1", jar.header(Visit.typed(SHOP)));
    }

    @Test
    void sendsCrossSiteCookieWithForm() {
        store("a=1; Path=/; SameSite=None; Secure");

        assertEquals("a=1", jar.header(form(PROVIDER)));
    }

    @Test
    void refusesCrossSiteCookieThatIsNotSecure() {
        store("a=1; Path=/; SameSite=None");

        assertEquals("", jar.header(Visit.typed(SHOP)));
    }

    @Test
    void refusesCookieThatBreaksThePromiseOfItsPrefix() {
        store("__Host-a=1; Path=/", "__Host-b=1; Path=/shop; Secure", "__Secure-c=1; Path=/");
        assertEquals("", jar.header(Visit.typed(SHOP)));

        store("__Host-a=1; Path=/; Secure");
        assertEquals("__Host-a=1", jar.header(Visit.typed(SHOP)));
    }

    private void store(String... setCookies) {
        jar.store(Visit.typed(SHOP), List.of(setCookies));
    }

    private static Visit form(URI page) {
        return Visit.submission(page, new Page.Form("post", SHOP, Map.of("code", "x")));
    }
}
