// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.beans;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.oidcfilter.OidcEvent;
import org.oidcfilter.OidcEvent.LoggedIn;
import org.oidcfilter.OidcEvent.LoggedOut;
import org.oidcfilter.OidcEvent.Refreshed;
import org.oidcfilter.OidcEvent.Rejected;
import org.oidcfilter.OidcEventListener;

/** Logs who comes and goes. */
public class AuditLog implements OidcEventListener {
    private static final Logger LOG = System.getLogger("audit");

    @Override
    public void on(OidcEvent event) {
        if (event instanceof LoggedIn login) {
            log("login", login.caller().subject());
        } else if (event instanceof Refreshed refresh) {
            log("refresh", refresh.caller().subject());
        } else if (event instanceof LoggedOut logout) {
            log("logout by " + logout.cause(), logout.subject().or(logout::sid).orElseThrow());
        } else if (event instanceof Rejected rejection) {
            log("rejected: " + rejection.reason().code(), rejection.reference());
        }
    }

    private static void log(String what, String whom) {
        LOG.log(Level.INFO, () -> what + " " + whom);
    }
}
