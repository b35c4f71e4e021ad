// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Endpoint;

/** What an edge can show an application of a session. */
class CallerSessionFlowTest {
    private final Application application = Application.with(Map.of("oidc.scope", "openid offline_access"));
    private final PlainBrowser browser = application.browser();

    @BeforeEach
    void logIn() throws Exception {
        browser.logIn("/page");
    }

    @AfterEach
    void close() {
        application.close();
    }

    private CallerSession caller() throws Exception {
        return assertInstanceOf(
                CallerSession.class,
                browser.proceed(PlainRequest.get("/page")).caller().orElseThrow());
    }

    @Test
    void theTokensComeWithWhatTheProviderSaidOfThem() throws Exception {
        var grant = caller().tokens().grant();
        assertEquals(Optional.of("openid offline_access"), grant.scope());
        assertEquals(Optional.of(application.clock.instant()), grant.receivedAt());
    }

    @Test
    void isTheSameUntilTheSessionChanges() throws Exception {
        var caller = caller();
        assertSame(caller, caller.now().orElseThrow());
    }

    @Test
    void hasTheTokensOfARefreshThatComesMeanwhile() throws Exception {
        var before = caller();
        application.provider.answer(
                Endpoint.TOKEN, (request, honest) -> honest.get().editJson(json -> json.remove("scope")));
        application.clock.advance(Duration.ofMinutes(5));
        var after = before.now().orElseThrow();
        assertNotEquals(before.tokens().accessToken(), after.tokens().accessToken());
        assertEquals(
                Optional.of(application.clock.instant()), after.tokens().grant().receivedAt());
        assertEquals(before.tokens().grant().scope(), after.tokens().grant().scope(), "RFC 6749 section 6");
        assertEquals(before, after, "the same person");
    }

    @Test
    void isNobodyOnceTheSessionHasEnded() throws Exception {
        var caller = caller();
        browser.reply(PlainRequest.get("/oidc/logout?scope=here").header("Sec-Fetch-Site", "same-origin"));
        assertEquals(Optional.empty(), caller.now());
    }

    @Test
    void tellsWhatTheProviderSaysOfItself() throws Exception {
        var metadata = caller().providerMetadata().asMap();
        assertEquals(application.provider.issuer(), metadata.get("issuer"));
        assertEquals(application.provider.issuer() + "/token", metadata.get("token_endpoint"));
    }
}
