// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.oidcfilter.OidcEvent.LoggedIn;
import org.oidcfilter.OidcEvent.LoggedOut;
import org.oidcfilter.OidcEvent.Rejected;

/** Writes down who comes and goes. */
@ApplicationScoped
public class AuditTrail {
    private static final int LONGEST = 1000;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    void loggedIn(@Observes LoggedIn login) {
        add(login.at() + " login of " + login.caller().subject() + " at " + login.issuer() + ", session "
                + login.caller().sid().orElse("unknown"));
    }

    void loggedOut(@Observes LoggedOut logout) {
        add(logout.at() + " logout of " + logout.subject().orElse("somebody") + ", session "
                + logout.sid().orElse("unknown") + ", by " + logout.cause());
    }

    void rejected(@Observes Rejected rejection) {
        add(rejection.at() + " " + rejection.what() + " rejected, " + rejection.reason() + ", reference "
                + rejection.reference());
    }

    /** What is written about somebody or something. */
    public List<String> about(String text) {
        return lines.stream().filter(line -> line.contains(text)).toList();
    }

    private void add(String line) {
        lines.add(line);
        if (lines.size() > LONGEST) {
            lines.remove();
        }
    }
}
