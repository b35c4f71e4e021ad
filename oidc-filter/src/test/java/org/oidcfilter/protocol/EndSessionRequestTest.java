// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Secret;

class EndSessionRequestTest {
    private static final URI ENDPOINT = URI.create("https://op.test/logout?p=1");

    @Test
    void sendsAllThatIsKnown() {
        var request = new EndSessionRequest(
                Optional.of(Secret.of("a.b.c")), "c1", URI.create("https://rp.test/app/"), Secret.of("s"));
        assertEquals(
                "https://op.test/logout?p=1&id_token_hint=a.b.c&client_id=c1"
                        + "&post_logout_redirect_uri=https%3A%2F%2Frp.test%2Fapp%2F&state=s",
                request.toUri(ENDPOINT).toString());
    }

    @Test
    void goesWithoutHint() {
        var request = new EndSessionRequest(Optional.empty(), "c1", URI.create("https://rp.test/"), Secret.of("s"));
        assertEquals(
                "https://op.test/logout?p=1&client_id=c1&post_logout_redirect_uri=https%3A%2F%2Frp.test%2F&state=s",
                request.toUri(ENDPOINT).toString());
    }
}
