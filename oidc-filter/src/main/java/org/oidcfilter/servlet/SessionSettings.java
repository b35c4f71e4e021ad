// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionTrackingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.rp.Introduction;

/** Looks at the effective settings of the container's session, which carries every login. */
final class SessionSettings {
    private SessionSettings() {}

    /**
     * What should be better.
     *
     * @param introduction whether browsers are known to use https, and how long an idle session is to last
     * @throws ConfigurationException if a login could never end
     */
    static List<String> warnings(ServletContext context, Introduction introduction) {
        if (introduction.idleTimeout().isEmpty()) {
            return List.of(); // no login depends on it
        }
        var idleTimeout = introduction.idleTimeout().get();
        var cookie = context.getSessionCookieConfig();
        var warnings = new ArrayList<String>();
        var sameSite = cookie.getAttribute("SameSite");
        if ("Strict".equalsIgnoreCase(sameSite)) {
            throw new ConfigurationException(
                    List.of("the session cookie has SameSite=Strict: browsers withhold it when "
                            + "they come back from the provider, so that logins loop; use SameSite=Lax"));
        }
        if (!"Lax".equalsIgnoreCase(sameSite)) {
            warnings.add("the session cookie should have SameSite=Lax");
        }
        if (!cookie.isHttpOnly()) {
            warnings.add("the session cookie should be http-only");
        }
        if (introduction.https() && !cookie.isSecure()) {
            warnings.add("the session cookie should be secure");
        }
        if (context.getEffectiveSessionTrackingModes().contains(SessionTrackingMode.URL)) {
            warnings.add("session tracking should be by COOKIE only: ids in URLs do not authenticate");
        }
        var minutes = context.getSessionTimeout();
        var spare = minutes <= 0 ? 1 : Duration.ofMinutes(minutes).compareTo(idleTimeout);
        if (spare < 0) {
            warnings.add(
                    "the container ends idle sessions after " + minutes + " minutes, before oidc.session-idle-timeout ("
                            + idleTimeout + "); set <session-timeout> in web.xml");
        }
        if (spare == 0 && introduction.remembersEnded()) {
            warnings.add("the container drops idle sessions when oidc.session-idle-timeout ends them, so that"
                    + " oidc.saved-posts and oidc.session-expired=page have no effect; set a longer <session-timeout>"
                    + " in web.xml");
        }
        return warnings;
    }
}
