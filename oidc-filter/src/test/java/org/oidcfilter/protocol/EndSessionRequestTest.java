// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Secret;

class EndSessionRequestTest {
    private static final URI ENDPOINT = URI.create("https://op.test/logout?p=1");

    @Test
    void sendsAllThatIsKnown() {
        var request =
                new EndSessionRequest(Secret.of("a.b.c"), "c1", URI.create("https://rp.test/app/"), Secret.of("s"));
        assertEquals(
                "https://op.test/logout?p=1&id_token_hint=a.b.c&client_id=c1"
                        + "&post_logout_redirect_uri=https%3A%2F%2Frp.test%2Fapp%2F&state=s",
                request.toUri(ENDPOINT).toString());
    }

    @Test
    void canBeAFormAsWell() {
        var form = new EndSessionRequest(Secret.of("a.b.c"), "c1", URI.create("https://rp.test/app/"), Secret.of("s"))
                .toForm();
        assertEquals(
                List.of("id_token_hint", "client_id", "post_logout_redirect_uri", "state"),
                List.copyOf(form.fields().keySet()));
    }
}
