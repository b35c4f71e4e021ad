// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.it.process.Folder;
import org.oidcfilter.it.process.ServerProcess;
import org.oidcfilter.it.standalone.Guide.Block;

/** A server of one's own, unpacked a minute ago, on which a reader follows a guide. */
final class Installation implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Path desk;
    private final Path home;
    private final Path log;
    private final Map<String, String> environment;
    private final Substitutions substitutions;
    private @Nullable ServerProcess process;

    /**
     * @param desk where the reader sits, and has the WAR and the certificate at hand
     * @param home the folder of the server into which the guide says to put things
     */
    private Installation(Path desk, Path home, Map<String, String> environment, Substitutions substitutions) {
        this.desk = desk;
        this.home = home;
        this.log = desk.resolveSibling(desk.getFileName() + ".log");
        this.environment = environment;
        this.substitutions = substitutions;
    }

    /** A Tomcat; {@code version} is that of the distribution. */
    static Installation tomcat(String version, Substitutions substitutions) throws IOException, InterruptedException {
        Path desk = emptyDesk("on-" + version);
        Path home = copy(distribution(version + ".home"), desk.resolve("tomcat"));
        Path serverXml = home.resolve("conf/server.xml");
        String text = Files.readString(serverXml).replace("port=\"8005\"", "port=\"-1\"");
        // The example of a connector in a comment has the port of the guide.
        Files.writeString(serverXml, substitutions.apply(text.replace("\"8443\"", "\"8444\"")));
        return new Installation(
                desk, home, Map.of("CATALINA_HOME", home.toString(), "CATALINA_OPTS", "-Xmx256m"), substitutions);
    }

    /** A Jetty; the name tells several apart. */
    static Installation jetty(String name, Substitutions substitutions) throws IOException {
        Path desk = emptyDesk("on-" + name);
        Path home = Files.createDirectories(desk.resolve("base"));
        Files.writeString(
                Files.createDirectories(home.resolve("start.d")).resolve("ports.ini"),
                "jetty.http.host=127.0.0.1\njetty.http.port=" + substitutions.http()
                        + "\njetty.ssl.host=127.0.0.1\njetty.ssl.port=" + substitutions.https() + "\n");
        Map<String, String> environment = Map.of(
                "JETTY_HOME", distribution("jetty.home").toString(),
                "JETTY_BASE", home.toString());
        return new Installation(desk, home, environment, substitutions);
    }

    /** A WildFly. */
    static Installation wildFly(Substitutions substitutions, int management) throws IOException, InterruptedException {
        Path desk = emptyDesk("on-wildfly");
        Path home = copy(distribution("wildfly.home"), desk.resolve("wildfly"));
        String options = "-Xms64m -Xmx512m -Djava.net.preferIPv4Stack=true -Djboss.http.port=" + substitutions.http()
                + " -Djboss.https.port=" + substitutions.https() + " -Djboss.management.http.port=" + management;
        return new Installation(desk, home, Map.of("JBOSS_HOME", home.toString(), "JAVA_OPTS", options), substitutions);
    }

    private static Path distribution(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property));
    }

    private static Path emptyDesk(String name) throws IOException {
        Path desk = Path.of("target", name).toAbsolutePath();
        Folder.delete(desk);
        Files.deleteIfExists(desk.resolveSibling(name + ".log"));
        return Files.createDirectories(desk);
    }

    private static Path copy(Path from, Path to) throws IOException, InterruptedException {
        ServerProcess.run(
                new ProcessBuilder("cp", "-R", from.toString(), to.toString()), Path.of("target", "copy.log"), LIMIT);
        return to;
    }

    /** The folder in which the reader works. */
    Path desk() {
        return desk;
    }

    Substitutions substitutions() {
        return substitutions;
    }

    /** Packs the WAR and deploys it as the guide says; with another name, if several are to lie side by side. */
    void deploy(ShopWar war, Block command, String name) throws IOException, InterruptedException {
        war.writeTo(desk, substitutions);
        Files.move(desk.resolve("shop.war"), desk.resolve(name + ".war"), StandardCopyOption.REPLACE_EXISTING);
        run(command.replace("shop.war", name + ".war"));
    }

    /** Runs a shell command of the guide. */
    void run(Block block) throws IOException, InterruptedException {
        ServerProcess.run(command(block), log, LIMIT);
    }

    /** Writes a block into the file that the guide names. */
    void put(Block block) throws IOException {
        Path file = home.resolve(block.file());
        String text = substitutions.apply(block.text());
        if (block.isPartOfXml()) {
            String end = "</" + block.element() + ">";
            String before = Files.readString(file);
            if (before.indexOf(end) < 0 || before.indexOf(end) != before.lastIndexOf(end)) {
                throw new AssertionError("not one " + end + " in " + file);
            }
            Files.writeString(file, before.replace(end, text + end));
        } else {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** Feeds a block to WildFly's command line. */
    void cli(Block block, int management) throws IOException, InterruptedException {
        Path commands = Files.writeString(desk.resolve("commands.cli"), substitutions.apply(block.text()));
        String line = "\"$JBOSS_HOME/bin/jboss-cli.sh\" --connect --timeout=110000 --controller=127.0.0.1:" + management
                + " --file=" + commands;
        run(new Block("", "sh", "", line));
    }

    /** Starts the server by the command of the guide; returns when {@code page} is there. */
    void start(Block block, URI page, String text) throws IOException, InterruptedException {
        process = ServerProcess.start(command(block), log);
        await(page, text);
    }

    /** Waits for a page of the running server. */
    void await(URI page, String text) throws IOException, InterruptedException {
        Objects.requireNonNull(process).awaitReady(page, text, LIMIT);
    }

    private ProcessBuilder command(Block block) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", substitutions.apply(block.text()));
        builder.directory(desk.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OIDC_") || name.startsWith("JAVA_OPTS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        builder.environment().putAll(environment);
        return builder;
    }

    /** All that the server and the commands have printed. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Ends the server. */
    void stop() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
