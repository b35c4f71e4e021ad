// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Mixed load for minutes: people who stay logged in, with tokens that must be renewed, strangers, and people who log in and
 * sign out; the provider fails for five seconds of each minute and signs with a new key in each. No session of those who stay
 * is lost, the heap does not grow, and no answer is one that the documentation does not know. Argument: minutes.
 */
final class Soak {
    private static final int STAYING = 200;

    /** What an answer may be: a page, a redirect to the provider, or that the provider cannot be reached. */
    private static final Set<Integer> DOCUMENTED = Set.of(200, 302, 503);

    private final TokenIssuer provider = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE);
    private final WebServer server = WebServer.start(Candidate.FILTER, provider);
    private final Map<String, AtomicInteger> answers = new java.util.concurrent.ConcurrentSkipListMap<>();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger strange = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean over;

    private Soak() {}

    public static void main(String[] arguments) {
        var minutes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        var fine = new Soak().run(minutes);
        System.exit(fine ? 0 : 1);
    }

    private boolean run(int minutes) {
        provider.expiresIn = 40;
        var threads = new ArrayList<Thread>();
        threads.add(new Thread(this::stay));
        threads.add(new Thread(this::comeAndGo));
        threads.add(new Thread(this::strangers));
        threads.forEach(Thread::start);
        Heap.pause(30_000);
        var before = Heap.bytes();
        for (int minute = 0; minute < minutes; minute++) {
            Heap.pause(25_000);
            provider.failing = true;
            Heap.pause(5_000);
            provider.failing = false;
            provider.tokens().rotate();
            Heap.pause(30_000);
        }
        var after = Heap.bytes();
        over = true;
        threads.forEach(SessionHeap::join);
        System.out.printf(
                "%d minutes, %d requests, %d token calls: %d sessions lost, %d undocumented answers, heap %d KB at the start,"
                        + " %d KB at the end%nanswers: %s%n",
                minutes,
                requests.get(),
                provider.tokenCalls.get(),
                lost.get(),
                strange.get(),
                before / 1024,
                after / 1024,
                new TreeMap<>(answers));
        return lost.get() == 0 && strange.get() == 0;
    }

    private void stay() {
        var people = new ArrayList<Browser>();
        for (int i = 0; i < STAYING; i++) {
            people.add(server.loggedIn(Candidate.FILTER, "staying-" + i));
        }
        while (!over) {
            for (var person : people) {
                var answer = person.get("/private/page");
                count("staying", answer);
                if (answer.status() != 200 || !answer.body().equals("Hello, you. ")) {
                    lost.incrementAndGet();
                }
            }
            Heap.pause(200);
        }
    }

    private void comeAndGo() {
        for (int i = 0; !over; i++) {
            try (var person = new Browser(server.port(), "passing-" + i)) {
                count("login", person.visit("/private/page"));
                count("logout", person.get("/oidc/logout"));
            }
            Heap.pause(20);
        }
    }

    private void strangers() {
        try (var stranger = new Browser(server.port(), "nobody")) {
            var connection = new Connection(server.port());
            while (!over) {
                count("stranger", connection.exchange(stranger.request("/public/page")));
                count("stranger", connection.exchange(stranger.request("/private/page")));
                Heap.pause(2);
            }
        }
    }

    private void count(String who, Connection.Answer answer) {
        requests.incrementAndGet();
        answers.computeIfAbsent(who + " " + answer.status(), any -> new AtomicInteger())
                .incrementAndGet();
        if (!DOCUMENTED.contains(answer.status())) {
            strange.incrementAndGet();
        }
    }
}
