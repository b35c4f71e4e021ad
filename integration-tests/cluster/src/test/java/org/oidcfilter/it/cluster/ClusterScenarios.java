// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.it.cluster.Cluster.assertAlice;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.Page;
import org.oidcfilter.it.scenarios.ProtectedApplication;

/** What two nodes must do, whatever they run on. */
interface ClusterScenarios {
    Duration PATIENCE = Duration.ofSeconds(30);

    Cluster cluster();

    @BeforeEach
    default void forget() {
        cluster().provider().honest();
        cluster().provider().forgetRequests();
    }

    @Test
    @Tag("CF-01")
    default void whenANodeDiesTheOtherOneServesItsUsersAndAfterARestartItDoesSoAgain() {
        var alice = cluster().loggedIn();
        cluster().one().kill();
        try {
            assertAlice(alice.visit(cluster().two().at("whoami")));
        } finally {
            cluster().one().start().awaitReady();
        }
        assertAlice(alice.visit(cluster().one().at("whoami")));
    }

    @Test
    @Tag("LO-27")
    default void aLogoutTokenSentToOneNodeEndsTheSessionOnBoth() throws Exception {
        var alice = cluster().loggedIn();
        assertAlice(alice.visit(cluster().two().at("whoami")));
        assertEquals(200, send(cluster().two(), logoutToken()).statusCode());
        assertLoginNeeded(alice.copy().visit(cluster().one().at("whoami")));
        assertLoginNeeded(alice.visit(cluster().two().at("whoami")));
    }

    @Test
    @Tag("LO-17")
    @Tag("LO-27")
    default void aLogoutTokenIsAcceptedOnceByWhicheverNode() throws Exception {
        var token = logoutToken();
        assertEquals(200, send(cluster().two(), token).statusCode());
        var alice = cluster().loggedIn();
        assertEquals(400, send(cluster().one(), token).statusCode());
        assertEquals(400, send(cluster().two(), token).statusCode());
        assertAlice(alice.visit(cluster().one().at("whoami")));
    }

    @Test
    @Tag("AR-04")
    @Tag("CF-01")
    default void aLoginThatOneNodeBeganIsFinishedByTheOtherOneAndOnce() {
        cluster().provider().loginAs("alice");
        var browser = new Browser();
        var atProvider = browser.visit(cluster().one().at("whoami"));
        var callback = browser.follow(atProvider).location();
        var copy = browser.copy();
        browser.visit(onNodeTwo(callback));
        assertAlice(browser.visit(cluster().two().at("whoami")));
        var again = copy.visit(callback);
        assertEquals(400, again.status(), again.body());
        assertTrue(again.body().contains("state_used"), again.body());
        assertEquals(1, cluster().provider().requests("/token").size());
    }

    @Test
    @Tag("RF-02")
    default void requestsToBothNodesCauseOneRefresh() throws Exception {
        cluster().provider().answer(Endpoint.TOKEN, (request, honest) -> honest.get()
                .editJson(json -> json.put("expires_in", 2)));
        var alice = cluster().loggedIn();
        forget();
        var threads = Executors.newFixedThreadPool(tabs());
        try {
            var tabs = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < tabs(); i++) {
                var first = i;
                tabs.add(() -> reloadUntilRefreshed(alice, first));
            }
            for (var tab : threads.invokeAll(tabs, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                assertTrue(tab.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, cluster().provider().requests("/token").size());
    }

    /** How many requests of one session come at the same time, to whichever node. */
    default int tabs() {
        return 8;
    }

    /** Asks one node after the other. */
    private boolean reloadUntilRefreshed(Browser browser, int first) {
        var nodes = List.of(cluster().one(), cluster().two());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var refreshed = false;
        for (var i = first; !refreshed && System.nanoTime() < deadline; i++) {
            refreshed = !cluster().provider().requests("/token").isEmpty();
            assertAlice(browser.visit(nodes.get(i % 2).at("whoami")));
        }
        return refreshed;
    }

    private URI onNodeTwo(URI callback) {
        return cluster().two().at("oidc/callback?" + callback.getRawQuery());
    }

    default void assertLoginNeeded(Page page) {
        assertEquals(302, page.status(), page.body());
        assertTrue(page.location().toString().startsWith(cluster().provider().issuer() + "/authorize"));
    }

    default String logoutToken() {
        return cluster()
                .provider()
                .issueLogoutToken(Map.of("aud", List.of(ProtectedApplication.CLIENT_ID), "sub", "alice"));
    }

    static HttpResponse<String> send(Node node, String logoutToken) throws Exception {
        var form = "logout_token=" + URLEncoder.encode(logoutToken, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(node.at("oidc/backchannel-logout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
