// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.User;
import org.oidcfilter.it.scenarios.Browser;
import org.oidcfilter.it.scenarios.Page;
import org.oidcfilter.it.scenarios.ProtectedApplication;
import org.oidcfilter.it.scenarios.TestWar;

/** Two nodes of one application, its provider, and what the nodes share; everything ends with it. */
final class Cluster implements AutoCloseable {
    private final Path folder;
    private final DevelopmentProvider provider = DevelopmentProvider.builder()
            .user(User.named("alice").roles("user"))
            .alwaysIssueRefreshTokens()
            .start();
    private final Deque<Closeable> parts = new ArrayDeque<>(List.of(provider::close));
    private Optional<Node> one = Optional.empty();
    private Optional<Node> two = Optional.empty();

    Cluster(String name) {
        folder = Path.of("target", name).toAbsolutePath();
        delete(folder); // what an earlier run has left
    }

    DevelopmentProvider provider() {
        return provider;
    }

    Node one() {
        return one.orElseThrow();
    }

    Node two() {
        return two.orElseThrow();
    }

    /** Something that ends with the cluster. */
    <T extends Closeable> T with(T part) {
        parts.push(part);
        return part;
    }

    /** The folder for what belongs to this cluster. */
    Path folder() throws IOException {
        return Files.createDirectories(folder);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The application with an engine in {@code WEB-INF/lib}. */
    Path war(Map<String, String> settings, String engine) throws IOException {
        var all = new HashMap<>(ProtectedApplication.trust(provider));
        all.put("oidc.shared-state", "jcache");
        all.putAll(settings);
        var archive =
                TestWar.named("shop").filter().distributable().settings(all).archive();
        archive.addAsLibraries(jarsIn(engine)).addAsResource("infinispan.xml");
        return exported(archive);
    }

    private Path exported(WebArchive archive) throws IOException {
        var war = folder().resolve("shop.war");
        archive.as(ZipExporter.class).exportTo(war.toFile(), true);
        return war;
    }

    private static File[] jarsIn(String engine) {
        var folder = new File(System.getProperty("engines"), engine + "-lib");
        return Objects.requireNonNull(folder.listFiles((parent, file) -> file.endsWith(".jar")), folder::toString);
    }

    /** The nodes, and lets the provider know their addresses. */
    void nodes(Node first, Node second) {
        one = Optional.of(with(first));
        two = Optional.of(with(second));
        var client = Client.confidential(ProtectedApplication.CLIENT_ID, ProtectedApplication.CLIENT_SECRET);
        for (var node : List.of(first, second)) {
            client = client.redirectUri(node.at("oidc/callback").toString());
        }
        provider.register(client);
    }

    /** A new browser in which Alice is logged in at the first node. */
    Browser loggedIn() {
        return loggedIn(one());
    }

    /** A new browser in which Alice is logged in. */
    Browser loggedIn(Node node) {
        provider.loginAs("alice");
        var browser = new Browser();
        assertAlice(browser.open(node.at("whoami")));
        return browser;
    }

    static void assertAlice(Page page) {
        if (page.status() != 200 || !page.line("subject").equals("alice")) {
            throw new AssertionError(page.status() + " " + page.body());
        }
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            parts.pop().close();
        }
    }
}
