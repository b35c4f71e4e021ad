// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.oidcfilter.devprovider.Endpoint;

/** Keeps the provider from answering one request until the test says so. It has done by then what it was asked to do. */
final class Pause implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    Pause(Application application, Endpoint endpoint) {
        var first = new AtomicBoolean(true);
        application.provider.answer(endpoint, (request, honest) -> {
            var reply = honest.get();
            if (first.getAndSet(false)) {
                arrived.countDown();
                assertTrue(over.await(20, TimeUnit.SECONDS));
            }
            return reply;
        });
    }

    /** Begins something that will have to wait. */
    <T> Future<T> request(Callable<T> request) {
        return threads.submit(request);
    }

    void awaitArrival() throws InterruptedException {
        assertTrue(arrived.await(20, TimeUnit.SECONDS), "the provider was not asked");
    }

    void end() {
        over.countDown();
    }

    @Override
    public void close() {
        end();
        threads.shutdownNow();
    }
}
