// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OidcSession;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

class UserInfoFlowTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");

    @Test
    void isAskedWhenTheIdTokenLacksTheName() throws Exception {
        try (var application = Application.standard()) {
            application.provider.idTokens((header, claims) -> claims.remove("preferred_username"));
            var session = logIn(application);
            assertEquals("alice", session.identity().name());
            assertEquals(1, application.provider.requests("/userinfo").size());
        }
    }

    @Test
    void isAskedWhenTheIdTokenLacksTheRolesThatTheOperatorNamed() throws Exception {
        try (var application = Application.with(Map.of("oidc.roles-claim", "https://ns.example/roles"))) {
            application.provider.answer(
                    Endpoint.USERINFO,
                    (request, honest) -> Reply.json(200, Map.of("sub", "alice", "https://ns.example/roles", "admin")));
            assertEquals(Set.of("admin"), logIn(application).identity().roles());
        }
    }

    @Test
    void aNameIsNotWorthAFailedLoginButRolesAre() throws Exception {
        try (var application = Application.with(Map.of("oidc.roles-claim", "groups"))) {
            application.provider.answer(Endpoint.USERINFO, (request, honest) -> Reply.text(500, "down"));
            application.provider.idTokens((header, claims) -> claims.remove("preferred_username"));
            assertEquals("alice", logIn(application).identity().name());
            application.provider.idTokens((header, claims) -> claims.remove("groups"));
            assertEquals(503, application.browser().logIn("/page").status());
            assertEquals(0, application.provider.requests("/revoke").size(), "one that is down is not asked again");
        }
    }

    @Test
    void aSignedAnswerMayBeForTheFurtherAudiencesThatTheOperatorNames() throws Exception {
        for (var trusted : List.of("https://api.test", "https://other.test")) {
            var settings = Map.of("oidc.userinfo", "always", "oidc.additional-audiences", trusted);
            try (var application = Application.with(settings)) {
                var provider = application.provider;
                var audience = List.of(Application.CLIENT, "https://api.test");
                provider.answer(Endpoint.USERINFO, (request, honest) -> Reply.text(
                                200, provider.sign(Map.of(), Map.of("sub", "alice", "aud", audience)))
                        .header("Content-Type", "application/jwt"));
                var status = application.browser().logIn("/page").status();
                assertEquals(trusted.equals("https://api.test") ? 302 : 400, status);
            }
        }
    }

    @Test
    void neverMeansNever() throws Exception {
        try (var application = Application.with(Map.of("oidc.userinfo", "never"))) {
            application.provider.idTokens((header, claims) -> claims.remove("preferred_username"));
            assertEquals("alice", logIn(application).identity().name(), "the subject, for want of a name");
            assertEquals(0, application.provider.requests("/userinfo").size());
        }
    }

    @Test
    void alwaysMeansAlwaysAndItsClaimsAreThere() throws Exception {
        try (var application = Application.with(Map.of("oidc.userinfo", "always"))) {
            application.provider.answer(
                    Endpoint.USERINFO,
                    (request, honest) -> Reply.json(
                            200, Map.of("sub", "alice", "nickname", "Al", "sid", "forged", "roles", List.of("boss"))));
            var browser = application.browser();
            browser.logIn("/page");
            var claims = browser.proceed(PAGE).caller().orElseThrow().claims();
            assertEquals("Al", claims.string("nickname").orElseThrow());
            assertEquals(List.of("user", "admin"), claims.strings("roles"), "the ID token's");
            assertTrue(!claims.string("sid").orElse("").equals("forged"));
        }
    }

    @Test
    void claimsAboutSomebodyElseEndTheLogin() throws Exception {
        try (var application = Application.with(Map.of("oidc.userinfo", "always"))) {
            for (var reply : List.of(
                    Reply.json(200, Map.of("sub", "bob", "name", "Bob")),
                    Reply.json(200, Map.of("name", "nobody")),
                    Reply.text(200, "<html></html>"))) {
                application.provider.answer(Endpoint.USERINFO, (request, honest) -> reply);
                var browser = application.browser();
                assertTrue(browser.logIn("/page").status() >= 400);
                assertEquals(0, browser.session.begun.get());
            }
            assertEquals(3, application.provider.requests("/revoke").size(), "an access token each time");
        }
    }

    @Test
    void aSignedAnswerCountsIfTheProviderSignedItForUs() throws Exception {
        try (var application = Application.with(Map.of("oidc.userinfo", "always"))) {
            var issuer = application.provider.issuer();
            for (var audience : List.of(Application.CLIENT, "another")) {
                var claims = Map.<String, Object>of("iss", issuer, "aud", audience, "sub", "alice", "nickname", "Al");
                var signed = application.provider.sign(Map.of(), claims);
                application.provider.answer(Endpoint.USERINFO, (request, honest) -> Reply.text(200, signed)
                        .header("Content-Type", "application/jwt"));
                var expected = audience.equals(Application.CLIENT) ? 302 : 400;
                assertEquals(expected, application.browser().logIn("/page").status(), audience);
            }
        }
    }

    private static OidcSession logIn(Application application) throws Exception {
        var browser = application.browser();
        assertEquals(302, browser.logIn("/page").status());
        return browser.session.stored.orElseThrow();
    }
}
