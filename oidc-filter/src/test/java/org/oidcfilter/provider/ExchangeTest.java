// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.provider.ProviderFixture.assertFails;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.oidcfilter.HttpSender.Request;
import org.oidcfilter.HttpSender.Response;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;

@Timeout(60)
class ExchangeTest {
    private static final URI DOCUMENT = URI.create("https://op.test/document");
    private static final Set<String> JSON = Set.of("application/json");

    private final ScriptedSender sender = new ScriptedSender().json("/document", "{}");
    private final Exchange exchange = new Exchange(sender);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private static Request request(Duration timeout) {
        return new Request("POST", URI.create("https://op.test/token"), Map.of(), "", timeout);
    }

    @Test
    void sendsNothingWhenTheTimeIsUp() {
        assertFails(
                ProviderUnavailableException.class,
                Reason.PROVIDER_UNREACHABLE,
                () -> exchange.send(request(Duration.ZERO)));
        assertFails(
                ProviderUnavailableException.class,
                Reason.PROVIDER_UNREACHABLE,
                () -> exchange.document(DOCUMENT, JSON, Deadline.in(Duration.ZERO)));
        assertEquals(List.of(), sender.requests());
    }

    @Test
    void quotesNoMessageOfAnException() {
        var quoting = new Exchange(request -> {
            throw new IOException("Invalid status line: s3cret", new EOFException("s3cret"));
        });
        var failure =
                assertThrows(ProviderUnavailableException.class, () -> quoting.send(request(Duration.ofMinutes(1))));
        assertEquals(
                "POST https://op.test/token failed: IOException: the connection ended before the answer",
                failure.getMessage());
    }

    @Test
    @Tag("DS-04")
    void letsOnlySoManyWaitForAProviderThatHangs() throws Exception {
        var waiting = new CountDownLatch(Exchange.MOST_WAITING);
        var released = new CountDownLatch(1);
        sender.on("/token", request -> {
            waiting.countDown();
            await(released);
            return new Response(200, Map.of(), "");
        });
        var answers = new ArrayList<Future<Response>>();
        for (int i = 0; i < Exchange.MOST_WAITING; i++) {
            answers.add(threads.submit(() -> exchange.send(request(ProviderFixture.TIMEOUT))));
        }
        await(waiting);
        assertFails(
                ProviderUnavailableException.class,
                Reason.PROVIDER_UNREACHABLE,
                () -> exchange.send(request(ProviderFixture.TIMEOUT)));
        assertEquals(Exchange.MOST_WAITING, sender.count("/token"));
        assertEquals(
                200,
                exchange.document(DOCUMENT, JSON, Deadline.in(ProviderFixture.TIMEOUT))
                        .status(),
                "what all share is fetched nevertheless");
        released.countDown();
        for (var answer : answers) {
            assertEquals(200, answer.get(10, TimeUnit.SECONDS).status());
        }
        assertEquals(200, exchange.send(request(ProviderFixture.TIMEOUT)).status());
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
