// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Client;

/** A redirect URI that is a page of the application as well, at which every login ends. */
class CallbackPathFlowTest {
    private static final String BASE = PlainRequest.ORIGIN + PlainRequest.CONTEXT;

    private final Application application = Application.with(Map.of(
            "oidc.callback-path", "/Callback", "oidc.landing-path", "/Callback", "oidc.public-paths", "/Callback"));
    private final PlainBrowser browser = application.browser();

    @BeforeEach
    void register() {
        application.provider.register(
                Client.confidential(Application.CLIENT, Application.SECRET).redirectUri(BASE + "/Callback"));
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void theLoginEndsAtThePageAndRemembersWhatItWasFor() throws Exception {
        var back = browser.logIn("/page?a=1");
        assertEquals(302, back.status());
        assertEquals(BASE + "/Callback", location(back));
        var caller = browser.proceed(PlainRequest.get("/Callback")).caller().orElseThrow();
        assertEquals(Optional.of(BASE + "/page?a=1"), ((CallerSession) caller).cameFor());
    }

    @Test
    void thePageIsThatOfTheApplicationUnlessTheProviderSendsSomething() throws Exception {
        for (var path : new String[] {"/Callback", "/Callback?a=1&a=2", "/Callback?substate=1", "/Callback?%"}) {
            assertEquals(
                    Optional.empty(), browser.proceed(PlainRequest.get(path)).caller(), path);
        }
        assertEquals(
                Optional.empty(),
                browser.proceed(PlainRequest.post("/Callback", "state=1")).caller());
        for (var path : new String[] {"/Callback?state=1", "/Callback?a=1&state=1&a=1", "/Callback?state="}) {
            assertEquals(400, browser.reply(PlainRequest.get(path)).status(), path);
        }
    }

    @Test
    void thereIsNoOtherCallback() throws Exception {
        var asked = browser.reply(PlainRequest.get("/oidc/callback?state=1&code=1"));
        assertTrue(location(asked).startsWith(application.provider.issuer()), "a page that needs a login");
    }

    @Test
    void withoutALandingTheLoginEndsWhereItWasAskedFor() throws Exception {
        var visitor = new PlainBrowser(application.deployed(Map.of("oidc.callback-path", "/Callback")));
        assertEquals(BASE + "/page?a=1", location(visitor.logIn("/page?a=1")));
        var caller = visitor.proceed(PlainRequest.get("/page")).caller().orElseThrow();
        assertEquals(Optional.empty(), ((CallerSession) caller).cameFor());
    }
}
