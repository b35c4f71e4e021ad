// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.oidcfilter.ConfigurationException;

class SessionCookieCheckTest {
    private static final Set<SessionTrackingMode> BY_COOKIE = Set.of(SessionTrackingMode.COOKIE);

    @Test
    void aHardenedCookieNeedsNoWarning() {
        assertEquals(List.of(), SessionCookieCheck.warnings(context("Lax", true, true, BY_COOKIE), true));
    }

    @Test
    void overHttpOnLoopbackItNeedNotBeSecure() {
        assertEquals(List.of(), SessionCookieCheck.warnings(context("lax", true, false, BY_COOKIE), false));
    }

    @Test
    void everyWeaknessIsNamed() {
        var urls = Set.of(SessionTrackingMode.COOKIE, SessionTrackingMode.URL);
        var warnings = SessionCookieCheck.warnings(context("None", false, false, urls), true);
        assertEquals(4, warnings.size(), warnings.toString());
    }

    @Test
    void strictIsAnErrorBecauseLoginsWouldLoop() {
        var context = context("Strict", true, true, BY_COOKIE);
        var failure = assertThrows(ConfigurationException.class, () -> SessionCookieCheck.warnings(context, true));
        assertTrue(failure.problems().get(0).contains("SameSite=Lax"));
    }

    private static ServletContext context(
            String sameSite, boolean httpOnly, boolean secure, Set<SessionTrackingMode> modes) {
        var cookie = answering(
                SessionCookieConfig.class,
                Map.of("getAttribute", sameSite, "isHttpOnly", httpOnly, "isSecure", secure));
        return answering(
                ServletContext.class,
                Map.of("getSessionCookieConfig", cookie, "getEffectiveSessionTrackingModes", modes));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
