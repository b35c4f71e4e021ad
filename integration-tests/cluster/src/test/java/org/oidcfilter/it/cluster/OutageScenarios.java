// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.it.cluster.Cluster.assertAlice;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.Page;

/** What happens when the engine is a server of its own and does not answer. */
interface OutageScenarios extends ClusterScenarios {
    /** The server that the nodes share. */
    Server engine();

    @Test
    default void whileTheEngineHangsNobodyIsServedWhoIsLoggedInAndAfterwardsEverythingIsAsBefore() {
        var alice = cluster().loggedIn();
        engine().freeze();
        try {
            for (var i = 0; i < 3; i++) {
                long start = System.nanoTime();
                var page = alice.visit(cluster().one().at("whoami"));
                assertTrue(System.nanoTime() - start < PATIENCE.toNanos());
                assertEquals(503, page.status());
                assertTrue(page.body().contains("shared_state_unavailable"), page.body());
            }
            assertEquals(
                    "anonymous", new Browser().visit(cluster().one().at("open")).line("principal"));
        } finally {
            engine().thaw();
        }
        awaitServed(alice);
    }

    @Test
    default void aLogoutTokenThatComesWhileTheEngineHangsEndsTheSessionOnBothAfterwardsAndMayComeAgain()
            throws Exception {
        var alice = cluster().loggedIn();
        var token = logoutToken();
        engine().freeze();
        try {
            assertEquals(400, ClusterScenarios.send(cluster().two(), token).statusCode());
        } finally {
            engine().thaw();
        }
        assertLoginNeeded(visitUntil(302, alice.copy(), cluster().two()));
        assertLoginNeeded(visitUntil(302, alice, cluster().one()));
        assertEquals(200, ClusterScenarios.send(cluster().two(), token).statusCode());
    }

    @Test
    default void whileTheEngineHangsALoginStaysPendingAndSucceedsAfterwards() {
        var alice = cluster().loggedIn();
        var browser = new Browser();
        var callback =
                browser.follow(browser.visit(cluster().one().at("whoami"))).location();
        engine().freeze();
        try {
            assertEquals(503, browser.visit(callback).status());
        } finally {
            engine().thaw();
        }
        awaitServed(alice);
        browser.visit(callback);
        assertAlice(browser.visit(cluster().one().at("whoami")));
    }

    private void awaitServed(Browser alice) {
        awaitServed(alice, List.of(cluster().one(), cluster().two()));
    }

    /** Nodes recover by themselves, and soon. */
    static void awaitServed(Browser alice, List<Node> nodes) {
        nodes.forEach(node -> assertAlice(visitUntil(200, alice, node)));
    }

    private static Page visitUntil(int status, Browser browser, Node node) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var page = browser.visit(node.at("whoami"));
        while (page.status() != status && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            page = browser.visit(node.at("whoami"));
        }
        return page;
    }
}
