// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void refusesToListenBeyondLoopback(String host) {
        var builder = DevelopmentProvider.builder().host(host);
        var refusal = assertThrows(IllegalArgumentException.class, builder::start);
        assertTrue(String.valueOf(refusal.getMessage()).contains("loopback"), refusal.getMessage());
    }

    @Test
    void refusesAHostWithoutAddress() {
        var builder = DevelopmentProvider.builder().host("nowhere.invalid");
        assertThrows(IllegalArgumentException.class, builder::start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void issuerUsesTheHostAsGiven(String host) throws Exception {
        try (var op = DevelopmentProvider.builder().host(host).start()) {
            assertEquals(host, URI.create(op.issuer()).getHost());
            assertEquals(200, new RelyingParty(op).get("/jwks", Map.of()).statusCode());
        }
    }

    @Test
    void saysThatThePortIsTaken() {
        try (var op = DevelopmentProvider.builder().start()) {
            var second =
                    DevelopmentProvider.builder().port(URI.create(op.issuer()).getPort());
            assertThrows(UncheckedIOException.class, second::start);
        }
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        try (var op = DevelopmentProvider.builder().start()) {
            Map<String, String> form = Map.of("code", "x".repeat(65 * 1024));
            assertEquals(413, new RelyingParty(op).post("/token", form).statusCode());
        }
    }

    @Test
    void answersUnknownPathsWithAPage() throws Exception {
        try (var op = DevelopmentProvider.builder().start()) {
            assertEquals(404, new RelyingParty(op).get("/nothing", Map.of()).statusCode());
        }
    }

    @Test
    void loginAsNeedsAUserWhoIsKnown() {
        try (var op = DevelopmentProvider.builder().user(User.named("alice")).start()) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> op.loginAs("bob"));
            assertEquals("There is no user bob, only [alice]", refusal.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/relative", "http://localhost/#fragment"})
    void clientsRegisterAbsoluteUrisWithoutFragment(String uri) {
        Client client = Client.open("spa");
        assertThrows(IllegalArgumentException.class, () -> client.redirectUri(uri));
    }

    @Test
    void clientsNeverShowTheirSecret() {
        assertEquals("Client[shop]", RelyingParty.SHOP.toString());
    }
}
