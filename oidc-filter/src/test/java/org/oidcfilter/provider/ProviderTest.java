// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.provider.ProviderFixture.DISCOVERED;
import static org.oidcfilter.provider.ProviderFixture.DISCOVERY;
import static org.oidcfilter.provider.ProviderFixture.options;
import static org.oidcfilter.token.SampleToken.CLIENT;
import static org.oidcfilter.token.SampleToken.ISSUER;
import static org.oidcfilter.token.SampleToken.NONCE;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.oidcfilter.HttpSender;
import org.oidcfilter.token.Decryption;
import org.oidcfilter.token.IdTokenValidator;
import org.oidcfilter.token.SampleToken;

@Timeout(60)
class ProviderTest {
    private final ProviderFixture op = new ProviderFixture();

    /** Two hundred first logins at once: each verifies an ID token. */
    @Test
    @Tag("DI-11")
    void asksOnceForMetadataAndKeysHoweverManyNeedThem() throws Exception {
        var provider = op.provider();
        var token = SampleToken.valid().signed();
        var together = new CyclicBarrier(200);
        Callable<String> login = () -> {
            together.await(20, TimeUnit.SECONDS);
            var asking = provider.converse();
            return new IdTokenValidator(asking.keys(), Decryption.NONE, op.clock, Duration.ofSeconds(30))
                    .validate(
                            token,
                            new IdTokenValidator.Expected(
                                    ISSUER,
                                    CLIENT,
                                    Set.of(),
                                    asking.idTokenAlgorithms(),
                                    NONCE,
                                    Optional.empty(),
                                    Optional.empty(),
                                    List.of()))
                    .subject();
        };
        var threads = Executors.newFixedThreadPool(200);
        try {
            for (var subject : threads.invokeAll(Collections.nCopies(200, login))) {
                assertEquals("alice", subject.get(10, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, op.sender.count(DISCOVERY));
        assertEquals(1, op.sender.count("/jwks"));
    }

    @Test
    void closesTheSender() {
        var closed = new AtomicInteger();
        record Closeable(AtomicInteger count) implements HttpSender, AutoCloseable {
            @Override
            public Response send(Request request) {
                throw new IllegalStateException("not asked to send");
            }

            @Override
            public void close() {
                count.incrementAndGet();
            }
        }
        new Provider(options(ISSUER, DISCOVERED), new Closeable(closed), op.clock).close();
        assertEquals(1, closed.get());
    }
}
