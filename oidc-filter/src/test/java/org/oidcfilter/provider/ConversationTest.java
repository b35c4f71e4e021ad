// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.oidcfilter.HttpSender;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.SigningKey;
import org.oidcfilter.token.VerificationKeys;

class ConversationTest {
    private static final SigningKey NEXT = SigningKey.rsa("k2", 2048);

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

    @Test
    void strangersCannotUseUpTheFetchesOfTheTokenEndpoint() {
        var provider = op.provider();
        hammer(() -> provider.converse().keysForStrangers());
        assertEquals(6, op.sender.count("/jwks"), "the first fetch and the budget of five");
        publish(NEXT);
        assertEquals(0, found(provider.converse().keysForStrangers()));
        assertEquals(1, found(provider.converse().keys()));
        assertEquals(1, found(provider.converse().keysForStrangers()), "what one finds, both have");
        assertEquals(7, op.sender.count("/jwks"));
    }

    @Test
    void theTokenEndpointCannotUseUpTheFetchesOfStrangers() {
        var provider = op.provider();
        hammer(() -> provider.converse().keys());
        publish(NEXT);
        assertEquals(0, found(provider.converse().keys()));
        assertEquals(1, found(provider.converse().keysForStrangers()));
        assertEquals(7, op.sender.count("/jwks"));
    }

    /** With a conversation for each request, as the budget is the provider's. */
    private static void hammer(Supplier<VerificationKeys> keys) {
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(), keys.get().find("RS256", Optional.of("made-up-" + i)));
        }
    }

    private static int found(VerificationKeys keys) {
        return keys.find("RS256", Optional.of(NEXT.kid())).size();
    }

    private void publish(SigningKey key) {
        op.sender.json("/jwks", Json.write(Map.of("keys", List.of(key.jwk()))));
    }

    @Test
    void renewsAndRevokesBeforeTheSameDeadline() {
        op.sender
                .json(
                        ProviderFixture.DISCOVERY,
                        ProviderFixture.document(Map.of("revocation_endpoint", "https://op.test/rv")))
                .json("/token", "{\"access_token\":\"at\",\"token_type\":\"Bearer\"}")
                .json("/rv", "");
        var asking = op.conversation();
        asking.refresh(Secret.of("rt"));
        asking.revoke(Secret.of("rt"), "refresh_token");
        var timeouts = op.sender.requests().stream()
                .skip(1) // discovery
                .map(HttpSender.Request::timeout)
                .toList();
        assertEquals(2, timeouts.size());
        assertTrue(timeouts.get(0).compareTo(ProviderFixture.TIMEOUT) < 0, timeouts.toString());
        assertTrue(timeouts.get(1).compareTo(timeouts.get(0)) < 0, timeouts.toString());
    }
}
