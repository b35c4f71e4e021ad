// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Session;

/** Sessions that end because the provider shows our address in a frame (OpenID Connect Front-Channel Logout 1.0). */
public interface FrontchannelScenarios extends ProtectedApplication {

    @Test
    default void endsTheSessionThatTheFrameNames() {
        List<Session> before = provider().sessions();
        Browser alice = loggedIn("alice");
        String sid = provider().sessions().stream()
                .filter(session -> !before.contains(session))
                .map(Session::sid)
                .findFirst()
                .orElseThrow();
        Browser bob = loggedIn("bob");

        for (String unproven : List.of("", "?sid=" + sid, frame("another"), "?iss=http%3A%2F%2Felsewhere&sid=" + sid)) {
            assertEquals(
                    200,
                    new Browser()
                            .visit(at("oidc/frontchannel-logout" + unproven))
                            .status());
            assertEquals("alice", alice.visit(at("whoami")).line("subject"), unproven);
        }
        assertEquals(
                200,
                new Browser().visit(at("oidc/frontchannel-logout" + frame(sid))).status());
        assertLoginNeeded(alice);
        assertEquals("bob", bob.visit(at("whoami")).line("subject"));
    }

    private String frame(String sid) {
        return "?iss=" + URLEncoder.encode(provider().issuer(), StandardCharsets.UTF_8) + "&sid=" + sid;
    }
}
