// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;
import org.oidcfilter.OidcException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.ProviderEndpoints;
import org.oidcfilter.provider.Provider.Options;
import org.oidcfilter.token.Decryption;
import org.oidcfilter.token.SampleToken;

/** A provider that answers by script, and how a client is set up for it. */
final class ProviderFixture {
    static final String DISCOVERY = "/.well-known/openid-configuration";
    static final ProviderEndpoints DISCOVERED = new ProviderEndpoints(
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    static final Provider.UserInfo PLAIN_USERINFO = new Provider.UserInfo(Decryption.NONE, false, Set.of());

    /** So much that nothing takes it in a test that does not mean it. */
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    final ScriptedSender sender = new ScriptedSender();
    final TestClock clock = new TestClock(SampleToken.NOW);

    ProviderFixture() {
        sender.json(DISCOVERY, document(Map.of()))
                .json("/jwks", Json.write(Map.of("keys", List.of(SampleToken.KEY.jwk()))));
    }

    /** The discovery document with some members replaced. */
    static String document(Map<String, ?> changes) {
        var document = new HashMap<String, Object>();
        document.put("issuer", SampleToken.ISSUER);
        document.put("authorization_endpoint", "https://op.test/authorize");
        document.put("token_endpoint", "https://op.test/token");
        document.put("jwks_uri", "https://op.test/jwks");
        document.put("userinfo_endpoint", "https://op.test/userinfo");
        document.put("id_token_signing_alg_values_supported", List.of("none", "HS256", "RS256", "ES256"));
        document.putAll(changes);
        return Json.write(document);
    }

    /** Options for a client with a secret. */
    static Options options(String issuer, ProviderEndpoints endpoints) {
        return new Options(
                issuer,
                SampleToken.CLIENT,
                Optional.of(Secret.of("s3cret")),
                Optional.empty(),
                endpoints,
                Set.of("RS256"),
                PLAIN_USERINFO,
                Duration.ofSeconds(30),
                TIMEOUT);
    }

    Conversation conversation() {
        return provider().converse();
    }

    Provider provider() {
        return provider(options(SampleToken.ISSUER, DISCOVERED));
    }

    Provider provider(Options options) {
        return new Provider(options, sender, clock);
    }

    static <T extends OidcException> T assertFails(Class<T> kind, Reason reason, Executable call) {
        var failure = assertThrows(kind, call);
        assertEquals(reason, failure.reason());
        return failure;
    }

    static Optional<URI> uri(String text) {
        return Optional.of(URI.create(text));
    }
}
