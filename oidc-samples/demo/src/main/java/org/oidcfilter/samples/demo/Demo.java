// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ClassMatcher;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.User;

/**
 * The sample application on an embedded Jetty. Without {@code OIDC_ISSUER} in the environment (or {@code oidc.issuer} as
 * a system property) it starts the development provider on a second loopback port and signs in there.
 */
public final class Demo implements AutoCloseable {
    private static final String CLIENT = "demo";

    /** By name, for the class itself is in the web application. */
    private static final String CONFIGURATION_PROBLEMS = "org.oidcfilter.ConfigurationException";

    /** Says in a hundred lines what {@link #report} says in one. */
    private static final Logger WEB_APPLICATION = Logger.getLogger(WebAppContext.class.getName());

    private final Server server;
    private final Optional<DevelopmentProvider> provider;

    private Demo(Server server, Optional<DevelopmentProvider> provider) {
        this.server = server;
        this.provider = provider;
    }

    /** Starts the demo and waits until it is stopped. */
    public static void main(String... arguments) throws Exception {
        try {
            var demo = start(Options.parse(arguments), System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "demo-stop"));
            System.out.println(demo.welcome());
            demo.server.join();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (Exception e) {
            report(e);
            System.exit(1);
        }
    }

    /** What is wrong with the configuration, plainly; whatever else it is, all that is known about it. */
    private static void report(Exception failure) {
        if (failure.getClass().getName().equals(CONFIGURATION_PROBLEMS)) {
            System.err.println(failure.getMessage());
        } else {
            failure.printStackTrace();
        }
    }

    /** Starts the demo, or leaves nothing running. */
    static Demo start(Options options, Map<String, String> environment) throws Exception {
        WEB_APPLICATION.setLevel(Level.SEVERE);
        var ownProvider = environment.get("OIDC_ISSUER") == null && System.getProperty("oidc.issuer") == null;
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost(options.host());
        connector.setPort(options.port());
        server.addConnector(connector);
        open(connector, options);
        var provider =
                ownProvider ? Optional.of(provider(connector.getLocalPort())) : Optional.<DevelopmentProvider>empty();
        var demo = new Demo(server, provider);
        try {
            server.setHandler(application());
            server.setStopTimeout(2000);
            server.start();
            return demo;
        } catch (Exception e) {
            demo.close();
            throw e;
        }
    }

    /** The address to open in a browser. */
    public String address() {
        var connector = (ServerConnector) server.getConnectors()[0];
        var host = connector.getHost().equals("0.0.0.0") ? "localhost" : connector.getHost();
        return "http://" + host + ":" + connector.getLocalPort() + "/";
    }

    private String welcome() {
        return provider.map(op -> "\n  Development provider: " + op.issuer() + " (no password needed)")
                .map(line -> line + "\n  Open " + address() + "\n  Stop with Ctrl-C\n")
                .orElseGet(() -> "\n  Open " + address() + "\n  Stop with Ctrl-C\n");
    }

    /** The development provider, unless another one is used. */
    public Optional<DevelopmentProvider> provider() {
        return provider;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            System.err.println(
                    "The server did not stop cleanly: " + e.getClass().getName());
        }
        provider.ifPresent(DevelopmentProvider::close);
        if (provider.isPresent()) {
            List.of("oidc.issuer", "oidc.client-id", "oidc.client-secret").forEach(System::clearProperty);
        }
    }

    private static void open(ServerConnector connector, Options options) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw new IllegalArgumentException(
                        "Cannot listen on " + options.host() + ":" + options.port()
                                + ". Choose another port with --port.",
                        e);
            }
            throw e;
        }
    }

    private static DevelopmentProvider provider(int port) {
        var secret = UUID.randomUUID() + "-" + UUID.randomUUID();
        var client = Client.confidential(CLIENT, secret)
                .backchannelLogoutUri("http://127.0.0.1:" + port + "/oidc/backchannel-logout");
        for (var host : new String[] {"localhost", "127.0.0.1"}) {
            client = client.redirectUri("http://" + host + ":" + port + "/oidc/callback")
                    .postLogoutRedirectUri("http://" + host + ":" + port + "/oidc/logout/callback");
        }
        var provider = DevelopmentProvider.builder()
                .host("127.0.0.1")
                .client(client)
                .user(User.named("alice")
                        .name("Alice Adams")
                        .email("alice@example.test")
                        .roles("user", "admin"))
                .user(User.named("bob")
                        .name("Bob Brown")
                        .email("bob@example.test")
                        .roles("user"))
                .start();
        System.setProperty("oidc.issuer", provider.issuer());
        System.setProperty("oidc.client-id", CLIENT);
        System.setProperty("oidc.client-secret", secret);
        return provider;
    }

    private static WebAppContext application() throws IOException, URISyntaxException {
        var context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(war().toString());
        context.addConfiguration(new AnnotationConfiguration());
        // The logging API of the web application would find the server's implementation, which is none of its own.
        context.addProtectedClassMatcher(new ClassMatcher("org.slf4j."));
        context.setTempDirectory(Files.createTempDirectory("oidc-demo").toFile());
        context.setTempDirectoryPersistent(false);
        context.setThrowUnavailableOnStartupException(true);
        return context;
    }

    /** The WAR lies in {@code lib} beside the jar of this class, or on the class path when run from a build. */
    private static Path war() throws URISyntaxException {
        var here = Path.of(location(Demo.class)).toAbsolutePath();
        var beside = Optional.ofNullable(here.getParent())
                .map(folder -> folder.resolve("lib").resolve("oidc-sample-servlet.war"));
        return beside.filter(Files::exists)
                .orElseThrow(() -> new IllegalStateException("The sample's WAR is not at " + beside));
    }

    private static URI location(Class<?> type) throws URISyntaxException {
        return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    }
}
