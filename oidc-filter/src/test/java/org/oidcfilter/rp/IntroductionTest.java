// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IntroductionTest {
    @Test
    void namesProviderRulesAndTheExactAddressesToRegister() {
        try (var application = Application.with(Map.of("oidc.external-url", "https://shop.example/shop/"))) {
            var introduction = application.relyingParty.introduction();
            var text = introduction.text("oidc");
            assertTrue(text.contains("provider: " + application.provider.issuer() + " (client shop)"), text);
            assertTrue(text.contains("https://shop.example/shop/oidc/callback"), text);
            assertTrue(text.contains("https://shop.example/shop/oidc/logout/callback"), text);
            assertTrue(text.contains("https://shop.example/shop/oidc/backchannel-logout"), text);
            assertTrue(text.contains("https://shop.example/shop/oidc/frontchannel-logout"), text);
            assertTrue(text.contains("logouts are remembered in the memory of this node"), text);
            assertTrue(introduction.https() && introduction.addressesKnown());
            assertFalse(text.contains(Application.SECRET));
        }
    }

    @Test
    void withoutAnExternalUrlTheAddressesFollowAtTheFirstLogin() {
        try (var application = Application.standard()) {
            var introduction = application.relyingParty.introduction();
            assertFalse(introduction.addressesKnown());
            assertTrue(introduction.text("oidc").contains("shown at the first login"));
            var site = application.relyingParty.site(PlainRequest.get("/page"));
            assertTrue(introduction.announcement(site).contains("http://127.0.0.1:8080/app/oidc/callback"));
        }
    }

    @Test
    @Tag("CF-10")
    void saysSoWhenOnlyThisNodeCanFinishALogin() {
        try (var application = Application.with(Map.of("oidc.client-secret", "short"))) {
            var text = application.relyingParty.introduction().text("oidc");
            assertTrue(text.contains("oidc.cookie-keys"), text);
        }
    }

    @Test
    void theSiteIsTheExternalOneWhereConfigured() {
        var site = Site.of(
                URI.create("https://shop.example:8443/shop"),
                "/oidc",
                new Site.Callbacks("/oidc/callback", "/oidc/logout/callback"));
        assertTrue(site.secure());
        var asked = PlainRequest.get("/page?x=1");
        assertTrue(site.requested(asked).equals("/shop/page?x=1"));
        assertFalse(site.exposed());
        assertTrue(new Site("http://shop.example", "", "/oidc").exposed());
        assertFalse(new Site("http://[::1]:8080", "", "/oidc").exposed());
        assertTrue(new Site("http://127.0.0.1.evil.example", "", "/oidc").exposed());
    }
}
