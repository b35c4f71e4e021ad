// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.util.List;

/** What a session in cookies takes and costs with each request, for tokens as some providers make them. */
final class CookieCost {
    private static final int REQUESTS = 2000;

    private CookieCost() {}

    public static void main(String[] arguments) {
        System.out.println("| Tokens | Characters of tokens | Bytes of cookies | CPU, µs | KiB allocated |");
        System.out.println("|---|---:|---:|---:|---:|");
        show("none, session of the container", Candidate.FILTER, TokenIssuer.Sizes.KEYCLOAK);
        show("opaque: ID 840, access and refresh 40 each", Candidate.COOKIE, TokenIssuer.Sizes.OPAQUE);
        show("as Keycloak's: access 1,300, ID 1,100, refresh 800", Candidate.COOKIE, TokenIssuer.Sizes.KEYCLOAK);
        show("as Entra's: access 2,200, ID 1,600, refresh 1,200", Candidate.COOKIE, TokenIssuer.Sizes.ENTRA);
        System.exit(0);
    }

    private static void show(String what, Candidate candidate, TokenIssuer.Sizes sizes) {
        try (var provider = TokenIssuer.start(sizes);
                var server = WebServer.start(candidate, provider);
                var browser = server.loggedIn(candidate, "alice");
                var connection = new Connection(server.port())) {
            var micros = new java.util.ArrayList<Double>();
            var bytes = new java.util.ArrayList<Double>();
            for (int turn = -4; turn < 9; turn++) {
                browser.get("/private/page", connection); // takes the cookies along that note use
                var request = browser.request("/private/page");
                var before = server.threads().used();
                for (int i = 0; i < REQUESTS; i++) {
                    check(connection.pipeline(request, 1));
                }
                var used = server.threads().used().since(before);
                if (turn >= 0) {
                    micros.add(used.cpuNanos() / 1000.0 / REQUESTS);
                    bytes.add(used.bytes() / 1024.0 / REQUESTS);
                }
            }
            System.out.printf(
                    "| %s | %d | %d | %.1f | %.1f |%n",
                    what,
                    sizes.idToken() + sizes.accessToken() + sizes.refreshToken(),
                    browser.cookieBytes(),
                    RequestCost.median(List.copyOf(micros)),
                    RequestCost.median(List.copyOf(bytes)));
        }
    }

    private static void check(int refused) {
        if (refused > 0) {
            throw new IllegalStateException("a request was refused");
        }
    }
}
