// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionTrackingMode;
import java.util.ArrayList;
import java.util.List;
import org.oidcfilter.ConfigurationException;

/** Looks at the effective settings of the container's session cookie, which carries every login. */
final class SessionCookieCheck {
    private SessionCookieCheck() {}

    /**
     * What should be better.
     *
     * @param https whether the browser is known to use https
     * @throws ConfigurationException if a login could never end
     */
    static List<String> warnings(ServletContext context, boolean https) {
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
        if (https && !cookie.isSecure()) {
            warnings.add("the session cookie should be secure");
        }
        if (context.getEffectiveSessionTrackingModes().contains(SessionTrackingMode.URL)) {
            warnings.add("session tracking should be by COOKIE only: ids in URLs do not authenticate");
        }
        return warnings;
    }
}
