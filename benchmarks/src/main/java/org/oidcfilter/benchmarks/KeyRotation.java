// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The provider signs with a new key while 32 people log in at once: one fetch of the key set, and nobody fails. */
final class KeyRotation {
    private static final int PEOPLE = 32;

    private KeyRotation() {}

    public static void main(String[] arguments) {
        var provider = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE);
        var server = WebServer.start(Candidate.FILTER, provider);
        server.loggedIn(Candidate.FILTER, "first").close();
        provider.tokens().rotate();
        provider.forgetCalls();
        var failed = new AtomicInteger();
        var start = new CountDownLatch(1);
        var people = new ArrayList<Thread>();
        for (int i = 0; i < PEOPLE; i++) {
            var subject = "person-" + i;
            people.add(new Thread(() -> logIn(server, subject, start, failed)));
        }
        people.forEach(Thread::start);
        start.countDown();
        people.forEach(SessionHeap::join);
        System.out.printf(
                "%d parallel logins after a rotation: %d fetches of the key set, %d token calls, %d failed%n",
                PEOPLE, provider.jwksCalls.get(), provider.tokenCalls.get(), failed.get());
        System.exit(0);
    }

    private static void logIn(WebServer server, String subject, CountDownLatch start, AtomicInteger failed) {
        try {
            start.await();
            server.loggedIn(Candidate.FILTER, subject).close();
        } catch (InterruptedException | RuntimeException e) {
            failed.incrementAndGet();
        }
    }
}
