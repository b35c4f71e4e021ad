// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.FreePort;
import org.oidcfilter.it.process.ServerProcess;

/** The sample application as its users start it: the demo's jar in a process of its own, settings in the environment. */
final class Sample implements AutoCloseable {
    private static final Path JAR = Path.of(System.getProperty("demo.jar", "demo.jar"));

    private final ProcessBuilder command;
    private final List<String> words;
    private final URI base;
    private final Path log;
    private ServerProcess process;

    private Sample(ProcessBuilder command, URI base, Path log) throws IOException, InterruptedException {
        this.command = command;
        this.words = List.copyOf(command.command());
        this.base = base;
        this.log = log;
        this.process = started();
    }

    /**
     * Starts the sample on {@code 127.0.0.1}, another site than the providers on {@code localhost}.
     *
     * @param settings environment variables; without {@code OIDC_ISSUER} it brings its development provider
     */
    static Sample start(String name, Map<String, String> settings) throws IOException, InterruptedException {
        return start(name, "127.0.0.1", settings);
    }

    static Sample start(String name, String host, Map<String, String> settings)
            throws IOException, InterruptedException {
        var port = FreePort.choose();
        var base = URI.create("http://" + host + ":" + port);
        var log = Path.of("target", "sample-" + name + ".log");
        Files.deleteIfExists(log);
        var java = Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        var command = new ProcessBuilder(
                java, "-Xmx256m", "-jar", JAR.toString(), "--host", host, "--port", Integer.toString(port));
        command.environment().keySet().removeIf(variable -> variable.startsWith("OIDC_"));
        command.environment().putAll(settings);
        return new Sample(command, base, log);
    }

    private ServerProcess started() throws IOException, InterruptedException {
        var fresh = ServerProcess.start(command.command(words), log);
        fresh.awaitReady(base.resolve("/public/hello"), "hello", Duration.ofMinutes(1));
        return fresh;
    }

    /** Ends it and starts it anew at the same address; it remembers nothing. */
    void restart() throws IOException, InterruptedException {
        process.close();
        process = started();
    }

    URI at(String path) {
        return base.resolve(path);
    }

    String redirectUri() {
        return at("/oidc/callback").toString();
    }

    String backchannelLogoutUri() {
        return at("/oidc/backchannel-logout").toString();
    }

    String frontchannelLogoutUri() {
        return at("/oidc/frontchannel-logout").toString();
    }

    String postLogoutRedirectUri() {
        return at("/oidc/logout/callback").toString();
    }

    /** Whether the browser's user has a session here: sees the page about them at once, without a redirect. */
    boolean knows(Browser browser) throws IOException, InterruptedException {
        return browser.open(at("/app/me")).status() == 200 && browser.hops().size() == 1;
    }

    /** All that it has printed so far. */
    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.close();
    }
}
