// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.rp.Introduction;
import org.oidcfilter.rp.Site;

class SessionSettingsTest {
    private static final Set<SessionTrackingMode> BY_COOKIE = Set.of(SessionTrackingMode.COOKIE);

    private static final Introduction HTTP = introduction("http://localhost:8080");
    private static final Introduction HTTPS = introduction("https://shop.example");

    @Test
    void aHardenedCookieNeedsNoWarning() {
        assertEquals(List.of(), SessionSettings.warnings(context("Lax", true, true, BY_COOKIE), HTTPS));
    }

    @Test
    void overHttpOnLoopbackItNeedNotBeSecure() {
        assertEquals(List.of(), SessionSettings.warnings(context("lax", true, false, BY_COOKIE), HTTP));
    }

    @Test
    @Tag("SE-02")
    @Tag("SE-04")
    @Tag("SE-05")
    void everyWeaknessIsNamed() {
        var urls = Set.of(SessionTrackingMode.COOKIE, SessionTrackingMode.URL);
        var warnings = SessionSettings.warnings(context("None", false, false, urls), HTTPS);
        assertEquals(4, warnings.size(), warnings.toString());
    }

    @Test
    void aContainerThatEndsIdleSessionsEarlierIsNamed() {
        var impatient = answering(
                ServletContext.class,
                Map.of(
                        "getSessionCookieConfig",
                        cookie("Lax", true, true),
                        "getEffectiveSessionTrackingModes",
                        BY_COOKIE,
                        "getSessionTimeout",
                        29));
        var warnings = SessionSettings.warnings(impatient, HTTPS);
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("29 minutes"));
    }

    @Test
    void whatNeedsAnEndedSessionNeedsAContainerThatKeepsIt() {
        var known = HTTPS;
        var remembering = new Introduction(
                known.issuer(), known.clientId(), known.site(), known.path(), known.idleTimeout(), true, List.of());
        var context = context("Lax", true, true, BY_COOKIE);
        var warnings = SessionSettings.warnings(context, remembering);
        assertEquals(1, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("oidc.saved-posts"));
        assertEquals(List.of(), SessionSettings.warnings(context, known));
    }

    @Test
    void theContainersSessionDoesNotMatterWhereSessionsAreInCookies() {
        var known = HTTPS;
        var inCookies = new Introduction(
                known.issuer(), known.clientId(), known.site(), known.path(), Optional.empty(), true, List.of());
        assertEquals(List.of(), SessionSettings.warnings(context("Strict", false, false, BY_COOKIE), inCookies));
    }

    @Test
    void strictIsAnErrorBecauseLoginsWouldLoop() {
        var context = context("Strict", true, true, BY_COOKIE);
        var failure = assertThrows(ConfigurationException.class, () -> SessionSettings.warnings(context, HTTPS));
        assertTrue(failure.problems().get(0).contains("SameSite=Lax"));
    }

    private static ServletContext context(
            String sameSite, boolean httpOnly, boolean secure, Set<SessionTrackingMode> modes) {
        return answering(
                ServletContext.class,
                Map.of(
                        "getSessionCookieConfig",
                        cookie(sameSite, httpOnly, secure),
                        "getEffectiveSessionTrackingModes",
                        modes,
                        "getSessionTimeout",
                        30));
    }

    private static SessionCookieConfig cookie(String sameSite, boolean httpOnly, boolean secure) {
        return answering(
                SessionCookieConfig.class,
                Map.of("getAttribute", sameSite, "isHttpOnly", httpOnly, "isSecure", secure));
    }

    private static Introduction introduction(String origin) {
        var site = new Site(origin, "", "/oidc");
        return new Introduction(
                "https://id.example",
                "shop",
                Optional.of(site),
                "/oidc",
                Optional.of(Duration.ofMinutes(30)),
                false,
                List.of());
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
