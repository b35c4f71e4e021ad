// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What each candidate adds to the CPU time of a virtual machine that starts Jetty and answers a first request: a redirect to
 * the provider, where nothing else is a page. Each start is a process of its own, and so is the provider. Argument: how many
 * of each.
 */
final class StartUp {
    /** The bare server that has asked the provider once, with the JDK's own client: what nobody can do without. */
    private static final String CLIENT_ALONE = "the JDK's HTTP client alone";

    private StartUp() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            start(arguments[0], arguments[1]);
            return;
        }
        var issuer = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE).issuer();
        var times = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        var all = new LinkedHashMap<String, List<Double>>();
        for (int i = 0; i < times; i++) {
            for (var candidate : List.of("BARE", CLIENT_ALONE, "FILTER", "JETTY_OPENID", "PAC4J")) {
                all.computeIfAbsent(candidate, any -> new ArrayList<>()).add(seconds(candidate, issuer));
            }
        }
        var bare = RequestCost.median(all.get("BARE"));
        System.out.println("| Start of | CPU to the first answer, s | more than bare |");
        System.out.println("|---|---:|---:|");
        all.forEach((candidate, seconds) -> {
            var median = RequestCost.median(seconds);
            System.out.printf("| %s | %.2f | %.2f |%n", candidate, median, median - bare);
        });
        System.exit(0);
    }

    private static double seconds(String candidate, String issuer) throws Exception {
        var java = new File(System.getProperty("java.home"), "bin/java").getPath();
        var process = new ProcessBuilder(List.of(
                        java, "-cp", System.getProperty("java.class.path"), StartUp.class.getName(), candidate, issuer))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var answer = new String(process.getInputStream().readAllBytes()).strip();
        process.waitFor();
        return Double.parseDouble(answer);
    }

    private static void start(String name, String issuer) throws Exception {
        var before = cpu();
        var candidate = name.equals(CLIENT_ALONE) ? Candidate.BARE : Candidate.valueOf(name);
        var server = WebServer.start(candidate, issuer);
        if (name.equals(CLIENT_ALONE)) {
            ask(issuer);
        }
        var answer = new Browser(server.port(), "somebody").get("/private/page");
        if (answer.status() / 100 != (candidate == Candidate.BARE ? 2 : 3)) {
            throw new IllegalStateException("unexpected: " + answer);
        }
        System.out.println((cpu() - before) / 1e9);
        System.exit(0);
    }

    private static void ask(String issuer) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"));
        HttpClient.newHttpClient()
                .send(request.version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofString());
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
