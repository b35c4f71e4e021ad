// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.oidcfilter.HttpSender;
import org.oidcfilter.Secret;

class ConversationTest {
    private final ProviderFixture op = new ProviderFixture();

    @Test
    void hasOneDeadlineForAllThatItAsks() {
        op.sender.json("/token", "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"id_token\":\"a.b.c\"}");
        op.sender.json("/userinfo", "{\"sub\":\"alice\"}");
        var asking = op.conversation();
        asking.redeem(Secret.of("code"), Secret.of("verifier"), URI.create("https://rp.test/cb"));
        asking.userInfo(Secret.of("at"), "alice");
        var timeouts = op.sender.requests().stream()
                .skip(1) // discovery
                .map(HttpSender.Request::timeout)
                .toList();
        assertEquals(2, timeouts.size());
        assertTrue(timeouts.get(0).compareTo(ProviderFixture.TIMEOUT) < 0, timeouts.toString());
        assertTrue(timeouts.get(1).compareTo(timeouts.get(0)) < 0, timeouts.toString());
    }
}
