// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What a session takes of the heap after as many real logins, beyond the container's own empty session. ID token of 840
 * characters, opaque access and refresh tokens of 40 characters each. Argument: how many sessions.
 */
final class SessionHeap {
    private static final int TOKENS = 840 + 40 + 40;

    private SessionHeap() {}

    public static void main(String[] arguments) {
        var sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
        var provider = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE);
        System.out.println("| Sessions of | Bytes each | beyond the container's own | of the tokens' bytes |");
        System.out.println("|---|---:|---:|---:|");
        var empty = 0.0;
        for (var candidate : List.of(Candidate.BARE, Candidate.FILTER, Candidate.JETTY_OPENID, Candidate.PAC4J)) {
            var each = each(candidate, provider, sessions);
            empty = candidate == Candidate.BARE ? each : empty;
            System.out.printf("| %s | %.0f | %.0f | %.2f |%n", candidate, each, each - empty, (each - empty) / TOKENS);
        }
        System.exit(0);
    }

    private static double each(Candidate candidate, TokenIssuer provider, int sessions) {
        try (var server = WebServer.start(candidate, provider)) {
            server.loggedIn(candidate, "first").close(); // some are not ready for several first requests at once
            logIn(server, candidate, "warm-up-", sessions / 20);
            var before = Heap.bytes();
            logIn(server, candidate, "person-", sessions);
            return (Heap.bytes() - before) / (double) sessions;
        }
    }

    private static void logIn(WebServer server, Candidate candidate, String prefix, int times) {
        var workers = new ArrayList<Thread>();
        for (int worker = 0; worker < 4; worker++) {
            var first = worker;
            workers.add(new Thread(() -> {
                for (int i = first; i < times; i += 4) {
                    server.loggedIn(candidate, prefix + "f6b5f4a7-3f51-4a8c-9a1e-" + i)
                            .close();
                }
            }));
        }
        workers.forEach(Thread::start);
        workers.forEach(SessionHeap::join);
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
