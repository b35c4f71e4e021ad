// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request costs behind each candidate, beside the same servlet with nothing before it. A candidate takes turns in short
 * slices with it, so that whatever else the machine does happens to both; medians over the turns. Each candidate and its bare
 * servlet have a virtual machine of their own, as in production: what one makes of Jetty's compiled code the next would pay
 * for. Arguments: the number of turns, and a candidate, all without; candidates of Tomcat begin with {@code TOMCAT:}.
 */
final class RequestCost {
    private static final int BATCH = 32;
    private static final String TOMCAT = "TOMCAT:";

    private RequestCost() {}

    /** A page behind a candidate, and what its turns have shown. */
    private static final class Contender {
        private final String name;
        private final Measured server;
        private final Connection connection;
        private final Browser browser;
        private final String path;
        private byte[] one = {};
        private byte[] batch = {};
        private final List<Double> bytes = new ArrayList<>();
        private final List<Double> micros = new ArrayList<>();
        private final List<Double> perSecond = new ArrayList<>();

        Contender(String name, Measured server, Browser browser, String path) {
            this.name = name;
            this.server = server;
            this.connection = new Connection(server.port());
            this.browser = browser;
            this.path = path;
        }

        /** Takes the cookies along that the server has set: one that notes use does so again with each that is old. */
        void goOn() {
            browser.get(path, connection);
            one = browser.request(path);
            batch = new byte[one.length * BATCH];
            for (int i = 0; i < BATCH; i++) {
                System.arraycopy(one, 0, batch, i * one.length, one.length);
            }
        }

        /** Requests in batches, so that the server's own work is seen, not that of the network. */
        void batches(int times, boolean counts) {
            var before = server.threads().used();
            for (int i = 0; i < times; i++) {
                if (connection.pipeline(batch, BATCH) > 0) {
                    throw new IllegalStateException(name + " refused a request");
                }
            }
            var used = server.threads().used().since(before);
            if (counts) {
                bytes.add(used.bytes() / (double) (times * BATCH));
                micros.add(used.cpuNanos() / 1000.0 / (times * BATCH));
            }
        }

        /** Requests one after the other, as a browser sends them. */
        void singles(int times, boolean counts) {
            var start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                if (connection.pipeline(one, 1) > 0) {
                    throw new IllegalStateException(name + " refused a request");
                }
            }
            if (counts) {
                perSecond.add(times * 1e9 / (System.nanoTime() - start));
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            measure(Integer.parseInt(arguments[0]), arguments[1]);
            System.exit(0);
        }
        System.out.println("| Page | Bytes | more | CPU, µs | more | Requests per second | of the bare servlet's, % |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (var candidate : Candidate.values()) {
            if (candidate != Candidate.BARE) {
                inItsOwnMachine(arguments.length > 0 ? arguments[0] : "150", candidate.name());
            }
        }
        for (var candidate : TomcatServer.CANDIDATES) {
            inItsOwnMachine(arguments.length > 0 ? arguments[0] : "150", TOMCAT + candidate);
        }
    }

    private static void inItsOwnMachine(String turns, String candidate) throws Exception {
        var command = new ArrayList<String>();
        command.add(new File(System.getProperty("java.home"), "bin/java").getPath());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RequestCost.class.getName()));
        command.addAll(List.of(turns, candidate));
        var ended = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (ended != 0) {
            throw new IllegalStateException(candidate + " ended with " + ended);
        }
    }

    private static void measure(int turns, String name) {
        var onTomcat = name.startsWith(TOMCAT);
        var behind = Candidate.valueOf(onTomcat ? name.substring(TOMCAT.length()) : name);
        var provider = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE);
        var contenders = new ArrayList<Contender>();
        for (var candidate : List.of(Candidate.BARE, behind)) {
            Measured server = onTomcat
                    ? TomcatServer.start(candidate, provider.issuer())
                    : WebServer.start(candidate, provider.issuer());
            var called = (onTomcat ? TOMCAT : "") + candidate;
            var browser = server.loggedIn(candidate, "alice");
            contenders.add(new Contender(called + " private", server, browser, "/private/page"));
            var stranger = new Browser(server.port(), "nobody");
            contenders.add(new Contender(called + " public", server, stranger, "/public/page"));
        }
        for (int turn = -turns / 3; turn < turns; turn++) {
            for (var contender : contenders) {
                contender.goOn();
                contender.batches(40, turn >= 0);
                contender.singles(400, turn >= 0);
            }
        }
        report(contenders);
    }

    private static void report(List<Contender> contenders) {
        for (var contender : contenders) {
            var bare = contenders.get(contender.name.endsWith("private") ? 0 : 1);
            System.out.printf(
                    "| %s | %.0f | %.0f | %.2f | %.2f | %.0f | %.1f |%n",
                    contender.name,
                    median(contender.bytes),
                    median(contender.bytes) - median(bare.bytes),
                    median(contender.micros),
                    median(differences(contender.micros, bare.micros)),
                    median(contender.perSecond),
                    median(ratios(contender.perSecond, bare.perSecond)));
        }
    }

    private static List<Double> differences(List<Double> some, List<Double> others) {
        var all = new ArrayList<Double>();
        for (int i = 0; i < some.size(); i++) {
            all.add(some.get(i) - others.get(i));
        }
        return all;
    }

    private static List<Double> ratios(List<Double> some, List<Double> others) {
        var all = new ArrayList<Double>();
        for (int i = 0; i < some.size(); i++) {
            all.add(100 * some.get(i) / others.get(i));
        }
        return all;
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
