// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What the filter adds to the CPU time of a virtual machine that starts Jetty and answers a first request: a redirect to the
 * provider with the filter, a page without. Each start is a process of its own. Argument: how many of each.
 */
final class StartUp {
    private StartUp() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            start(Candidate.valueOf(arguments[0]), arguments[1]);
            return;
        }
        var times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        var bare = new ArrayList<Double>();
        var filter = new ArrayList<Double>();
        for (int i = 0; i < times; i++) {
            bare.add(seconds(Candidate.BARE));
            filter.add(seconds(Candidate.FILTER));
        }
        System.out.printf(
                "CPU to the first answer, median of %d: bare %.2f s, with the filter %.2f s, %.2f s more%n",
                times,
                RequestCost.median(bare),
                RequestCost.median(filter),
                RequestCost.median(filter) - RequestCost.median(bare));
        System.exit(0);
    }

    private static double seconds(Candidate candidate) throws Exception {
        var java = new File(System.getProperty("java.home"), "bin/java").getPath();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartUp.class.getName(),
                        candidate.name(),
                        "child"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var answer = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return Double.parseDouble(answer);
    }

    private static void start(Candidate candidate, String child) {
        var provider = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE);
        var before = cpu();
        var server = WebServer.start(candidate, provider);
        var answer = new Browser(server.port(), child).get("/private/page");
        if (answer.status() != (candidate == Candidate.BARE ? 200 : 302)) {
            throw new IllegalStateException("unexpected: " + answer);
        }
        System.out.println((cpu() - before) / 1e9);
        System.exit(0);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
