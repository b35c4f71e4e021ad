// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.it.cluster.Cluster.assertAlice;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that are replaced by the next version, one after the other, by {@code kill -9}: where sessions are outside the nodes, or on all. */
interface RollingRestart extends ClusterScenarios {
    /** The nodes are of the next version afterwards, which nothing else here can tell. */
    @Test
    @Tag("SE-20")
    default void aRollingRestartWithALaterFormOfSessionsLogsNobodyOut() throws Exception {
        var alice = cluster().loggedIn();
        var next = NextVersion.of(cluster().two().war(), cluster().folder());
        upgrade(cluster().two(), next);
        assertAlice(alice.visit(cluster().two().at("whoami")));
        var other = cluster().loggedIn(cluster().two());
        assertTrue(cluster().two().server().printed().contains(NextVersion.MARK));
        assertFalse(cluster().one().server().printed().contains(NextVersion.MARK));
        assertAlice(other.visit(cluster().one().at("whoami")));
        upgrade(cluster().one(), next);
        assertAlice(alice.visit(cluster().one().at("whoami")));
        assertAlice(other.visit(cluster().one().at("whoami")));
        assertAlice(other.visit(cluster().two().at("whoami")));
        assertAlice(cluster().loggedIn().visit(cluster().one().at("whoami")));
        assertTrue(cluster().one().server().printed().contains(NextVersion.MARK));
    }

    private static void upgrade(Node node, Path war) throws IOException {
        node.kill();
        node.deploy(war);
        node.start().awaitReady();
    }
}
