// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

/**
 * Requests of people whom nobody knows, each without cookies: half of them to a public page, half to one that sends them to
 * the provider. The heap does not grow. Argument: how many.
 */
final class Strangers {
    private Strangers() {}

    public static void main(String[] arguments) {
        var requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        var provider = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE);
        var server = WebServer.start(Candidate.FILTER, provider);
        var stranger = new Browser(server.port(), "nobody");
        var connection = new Connection(server.port());
        var open = stranger.request("/public/page");
        var closed = stranger.request("/private/page");
        ask(connection, open, closed, 10_000);
        var before = Heap.bytes();
        ask(connection, open, closed, requests);
        var after = Heap.bytes();
        System.out.printf(
                "%d requests of strangers: heap %d KB before, %d KB after, %.2f bytes for each%n",
                requests, before / 1024, after / 1024, (after - before) / (double) requests);
        System.exit(0);
    }

    private static void ask(Connection connection, byte[] open, byte[] closed, int times) {
        for (int i = 0; i < times; i++) {
            var answer = connection.exchange(i % 2 == 0 ? open : closed);
            if (answer.status() != (i % 2 == 0 ? 200 : 302)) {
                throw new IllegalStateException("unexpected: " + answer);
            }
        }
    }
}
