// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;
import org.oidcfilter.it.process.KeycloakPages;

/** The sample application with a real Keycloak, through Keycloak's own pages. */
@ExtendWith(KeycloakExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleAtKeycloakIT {
    private final Keycloak keycloak;
    private Sample sample;
    private Browser browser;
    private KeycloakPages pages;

    SampleAtKeycloakIT(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @BeforeAll
    void startTheSample() throws Exception {
        sample = Sample.start("keycloak", settings());
        register(sample);
    }

    @AfterAll
    void stopTheSample() {
        sample.close();
    }

    @BeforeEach
    void startAfresh() throws Exception {
        keycloak.start();
        keycloak.admin().logOut("alice");
        keycloak.admin().logOut("bob");
        browser = new Browser();
        pages = new KeycloakPages(browser);
    }

    @Test
    void signsInThroughTheLoginPageWithTheRolesOfRealmAndClient() throws Exception {
        browser.open(sample.at("/app/me?from=here"));
        assertTrue(pages.asksForLogin());

        var me = pages.logIn("alice");

        assertEquals(sample.at("/app/me?from=here"), me.uri());
        assertEquals(200, me.status());
        assertTrue(me.text().contains("roles admin, buyer, user"), me.text());
        assertTrue(me.text().contains("subject " + keycloak.admin().userId("alice")), me.text());
        assertEquals(200, browser.open(sample.at("/app/admin")).status());
    }

    @Test
    void aWrongPasswordIsKeycloaksBusinessAndTheLoginGoesOn() throws Exception {
        browser.open(sample.at("/app/me"));
        pages.submit("alice", "not-her-password");
        assertTrue(pages.asksForLogin());
        assertEquals(sample.at("/app/me"), pages.logIn("alice").uri());
    }

    @Test
    void whoLacksTheRoleGets403AndNoSecondLogin() throws Exception {
        browser.open(sample.at("/app/admin"));
        var page = pages.logIn("bob");
        assertEquals(sample.at("/app/admin"), page.uri());
        assertEquals(403, page.status());
        assertTrue(page.text().contains("forbidden"), page.text());
    }

    @Test
    void aScriptGets401() throws Exception {
        browser.open(sample.at("/"));
        var answer = browser.fetch(sample.at("/app/me"));
        assertEquals(401, answer.status());
        assertTrue(answer.headers("Set-Cookie").isEmpty());
    }

    @Test
    void signingOutEndsTheSessionAtKeycloak() throws Exception {
        browser.open(sample.at("/app/me"));
        pages.logIn("alice");
        assertEquals(1, keycloak.admin().sessions("alice").size());

        var bye = browser.submit(browser.page().form("form"));

        assertEquals(sample.at("/"), bye.uri());
        assertTrue(bye.text().contains("You are not signed in."));
        assertEquals(List.of(), keycloak.admin().sessions("alice"));
        browser.open(sample.at("/app/me"));
        assertTrue(pages.asksForLogin());
    }

    @Test
    void aNewSigningKeyIsFoundAndTheOldOneMayGo() throws Exception {
        logInAs("alice");
        keycloak.admin().addSigningKey();
        logInAs("bob");
        keycloak.admin().removeFormerSigningKeys();
        logInAs("alice");
    }

    @Test
    void aPostedResponseFromAnotherSiteEndsInASession() throws Exception {
        var settings = new java.util.HashMap<>(settings());
        settings.put("OIDC_RESPONSE_MODE", "form_post");
        try (var posting = Sample.start("keycloak-form-post", settings)) {
            register(posting);
            browser.open(posting.at("/app/me?x=1"));
            var keycloaksPage = pages.logIn("alice");
            var ours = browser.submit(keycloaksPage.form("form"));
            assertEquals(posting.at("/oidc/callback"), ours.uri());
            assertTrue(ours.has("input[name=resubmitted]"), ours.text());
            var me = browser.submit(ours.form("form"));
            assertEquals(posting.at("/app/me?x=1"), me.uri());
            assertEquals(200, me.status());
            assertEquals(200, browser.open(posting.at("/app/me")).status());
        } finally {
            register(sample);
        }
    }

    @Test
    void aPublicClientNeedsNoSecret() throws Exception {
        try (var open = Sample.start(
                "keycloak-public",
                Map.of("OIDC_ISSUER", keycloak.issuer().toString(), "OIDC_CLIENT_ID", "shop-public"))) {
            keycloak.admin().setRedirectUris("shop-public", open.redirectUri(), open.postLogoutRedirectUri());
            browser.open(open.at("/app/me"));
            assertEquals(200, pages.logIn("bob").status());
        }
    }

    @Test
    void aProviderThatIsAwayStopsNobodyButWhoMustLogIn() throws Exception {
        browser.open(sample.at("/app/me"));
        pages.logIn("alice");
        keycloak.stop();
        assertEquals(200, browser.open(sample.at("/app/me")).status());
        try (var late = Sample.start("keycloak-away", settings())) {
            var stranger = new Browser();
            assertEquals(200, stranger.open(late.at("/public/hello")).status());
            var refused = stranger.open(late.at("/app/me"));
            assertEquals(503, refused.status());
            assertTrue(refused.hop().header("Retry-After").isPresent());
            keycloak.start();
            register(late);
            awaitLoginPage(stranger, late);
            assertEquals(200, new KeycloakPages(stranger).logIn("bob").status());
        } finally {
            keycloak.start();
            register(sample);
        }
    }

    @Test
    void theLogHoldsNoTokenCodeSecretOrPersonalData() throws Exception {
        browser.open(sample.at("/app/me"));
        pages.logIn("alice");
        var log = sample.log();
        assertTrue(log.contains(sample.redirectUri()), "the addresses to register are shown");
        for (var word : List.of(
                "eyJ",
                "code=",
                Keycloak.SHOP_SECRET,
                "alice",
                "Adams",
                keycloak.admin().userId("alice"))) {
            assertFalse(log.contains(word), word);
        }
    }

    private Map<String, String> settings() {
        return Map.of(
                "OIDC_ISSUER",
                keycloak.issuer().toString(),
                "OIDC_CLIENT_ID",
                "shop",
                "OIDC_CLIENT_SECRET",
                Keycloak.SHOP_SECRET,
                "OIDC_ROLES_CLAIM",
                "realm_access.roles,resource_access.shop.roles");
    }

    private void register(Sample application) throws Exception {
        keycloak.admin().setRedirectUris("shop", application.redirectUri(), application.postLogoutRedirectUri());
    }

    private void logInAs(String user) throws Exception {
        var fresh = new Browser();
        fresh.open(sample.at("/app/me"));
        assertEquals(200, new KeycloakPages(fresh).logIn(user).status());
    }

    /** The application pauses between attempts, a minute at most. */
    private static void awaitLoginPage(Browser stranger, Sample late) throws Exception {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(70);
        while (!new KeycloakPages(stranger).asksForLogin() && System.nanoTime() < deadline) {
            var seconds = stranger.page().hop().header("Retry-After").orElse("1");
            TimeUnit.SECONDS.sleep(Long.parseLong(seconds)); // as long as the answer asks for
            stranger.open(late.at("/app/me"));
        }
        assertTrue(new KeycloakPages(stranger).asksForLogin(), stranger.page().text());
    }
}
