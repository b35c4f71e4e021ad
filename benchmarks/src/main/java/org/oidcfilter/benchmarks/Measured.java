// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

/** A server whose threads count for it. */
interface Measured extends AutoCloseable {
    Threads threads();

    int port();

    @Override
    void close();

    /** A browser with a session, and with a caller if there is anything to log in to. */
    default Browser loggedIn(Candidate candidate, String subject) {
        var browser = new Browser(port(), subject);
        var answer = browser.visit(candidate.asksForLogin() ? "/private/page" : "/private/session");
        var somebody = candidate.asksForLogin() || candidate == Candidate.LEAST_CONTAINER;
        if (answer.status() != 200 || !answer.body().equals(somebody ? "Hello, you. " : "Hello, who? ")) {
            throw new IllegalStateException(candidate + " did not log in: " + answer);
        }
        return browser;
    }
}
