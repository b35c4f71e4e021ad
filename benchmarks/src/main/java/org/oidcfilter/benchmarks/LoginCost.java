// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What a complete login costs the relying party: the request of a stranger, the answer of the provider, the page asked for;
 * three requests. Beside it three requests to the bare server, as long as there is nothing to log in to. Candidates take turns; all
 * threads of the relying party count, those that talk to the provider, too.
 * Argument: the number of turns.
 */
final class LoginCost {
    private static final int LOGINS = 50;

    private LoginCost() {}

    /** What the turns of a candidate have shown, for each login. */
    private record Shown(
            Candidate candidate, WebServer server, List<Double> bytes, List<Double> micros, List<Double> calls) {}

    public static void main(String[] arguments) {
        var turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40;
        var provider = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE);
        var all = new ArrayList<Shown>();
        for (var candidate :
                List.of(Candidate.BARE, Candidate.JETTY_OPENID, Candidate.FILTER, Candidate.COOKIE, Candidate.PAC4J)) {
            all.add(new Shown(
                    candidate,
                    WebServer.start(candidate, provider),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>()));
        }
        for (int turn = -turns; turn < turns; turn++) {
            for (var shown : all) {
                turn(shown, provider, turn >= 0);
            }
        }
        System.out.println(
                "| Logins of | CPU, µs | of Jetty's | KiB allocated | more than bare | Calls to the provider |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        var bare = RequestCost.median(all.get(0).bytes()) / 1024;
        var jettys = RequestCost.median(all.get(1).micros());
        for (var shown : all) {
            var micros = RequestCost.median(shown.micros());
            System.out.printf(
                    "| %s | %.0f | %.2f | %.1f | %.1f | %.2f |%n",
                    shown.candidate(),
                    micros,
                    micros / jettys,
                    RequestCost.median(shown.bytes()) / 1024,
                    RequestCost.median(shown.bytes()) / 1024 - bare,
                    RequestCost.median(shown.calls()));
        }
        System.exit(0);
    }

    private static void visit(WebServer server, Candidate candidate, String subject) {
        if (candidate != Candidate.BARE) {
            server.loggedIn(candidate, subject).close();
            return;
        }
        try (var browser = new Browser(server.port(), subject)) {
            browser.get("/public/page");
            browser.get("/private/session");
            browser.get("/private/page");
        }
    }

    private static void turn(Shown shown, TokenIssuer provider, boolean counts) {
        provider.forgetCalls();
        var before = shown.server().threads().used();
        for (int i = 0; i < LOGINS; i++) {
            visit(shown.server(), shown.candidate(), "person-" + i);
        }
        var used = shown.server().threads().used().since(before);
        if (counts) {
            shown.bytes().add(used.bytes() / (double) LOGINS);
            shown.micros().add(used.cpuNanos() / 1000.0 / LOGINS);
            shown.calls()
                    .add((provider.tokenCalls.get() + provider.jwksCalls.get() + provider.otherCalls.get())
                            / (double) LOGINS);
        }
    }
}
