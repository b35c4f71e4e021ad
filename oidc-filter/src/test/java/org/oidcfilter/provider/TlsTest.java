// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.provider.ProviderFixture.assertFails;
import static org.oidcfilter.provider.ProviderFixture.uri;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.HttpSender;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.ProviderEndpoints;
import org.oidcfilter.token.SampleToken;

/** The provider's certificate is not what it has to be, although its authority is trusted: there is no switch for that. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final List<HttpsServer> servers = new ArrayList<>();
    private final SSLContext before;
    private JdkHttpSender sender = new JdkHttpSender();

    TlsTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.before = SSLContext.getDefault();
    }

    @BeforeAll
    void trustTheAuthorityOnly() throws Exception {
        var current = "-validity 30";
        keytool("authority", "CN=Authority -ext bc:critical=ca:true " + current, "");
        keytool("good", "CN=localhost -ext SAN=dns:localhost " + current, "authority");
        keytool("other-host", "CN=localhost -ext SAN=dns:provider.test " + current, "authority");
        keytool("expired", "CN=localhost -ext SAN=dns:localhost -startdate -20d -validity 10", "authority");
        keytool("self-signed", "CN=localhost -ext SAN=dns:localhost " + current, "");
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", store().getCertificate("authority"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLContext.setDefault(context); // as -Djavax.net.ssl.trustStore does
        sender.close();
        sender = new JdkHttpSender();
    }

    @AfterAll
    void stop() {
        SSLContext.setDefault(before);
        sender.close();
        servers.forEach(server -> server.stop(0));
    }

    @ParameterizedTest
    @CsvSource({
        "good, good, good, ''",
        "self-signed, good, good, metadata",
        "other-host, good, good, metadata",
        "expired, good, good, metadata",
        "good, self-signed, good, keys",
        "good, other-host, good, keys",
        "good, expired, good, keys",
        "good, good, self-signed, tokens",
        "good, good, other-host, tokens",
        "good, good, expired, tokens"
    })
    @Tag("JK-15")
    void refusesACertificateThatIsNotGood(String discovery, String jwks, String token, String failing)
            throws Exception {
        var received = new ArrayList<String>();
        var issuer = server(discovery, received);
        var endpoints = new ProviderEndpoints(
                true,
                Optional.empty(),
                uri(server(token, received) + "/token"),
                uri(server(jwks, received) + "/jwks"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var options = ProviderFixture.options(issuer, endpoints);
        var asking = new Provider(options, sender, new TestClock(SampleToken.NOW)).converse();
        if (failing.equals("metadata")) {
            refused(asking::metadata);
            assertEquals(List.of(), received);
            return;
        }
        asking.metadata();
        if (failing.equals("keys")) {
            refused(() -> asking.keys().find("RS256", Optional.empty()));
            assertEquals(List.of(ProviderFixture.DISCOVERY), received);
            return;
        }
        assertEquals(1, asking.keys().find("RS256", Optional.empty()).size());
        if (failing.equals("tokens")) {
            refused(() -> redeem(asking));
            assertEquals(
                    List.of(ProviderFixture.DISCOVERY, "/jwks"), received, "the code and the secret were not sent");
        } else {
            redeem(asking);
            assertEquals(List.of(ProviderFixture.DISCOVERY, "/jwks", "/token"), received);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "self-signed, no authority that this JVM trusts vouches for the host",
        "other-host, the certificate is not one of this host",
        "expired, the certificate of the host has expired"
    })
    void saysWhatIsWrongWithACertificate(String certificate, String words) throws Exception {
        var request = new HttpSender.Request(
                "GET", URI.create(server(certificate, new ArrayList<>())), Map.of(), "", Duration.ofMinutes(1));
        var failure = assertThrows(IOException.class, () -> sender.send(request));
        assertEquals("SSLHandshakeException: " + words, failure.getMessage());
    }

    private static void redeem(Conversation asking) {
        asking.redeem(Secret.of("code"), Secret.of("verifier"), URI.create("https://rp.test/cb"));
    }

    private static void refused(org.junit.jupiter.api.function.Executable call) {
        var failure = assertFails(ProviderUnavailableException.class, Reason.PROVIDER_UNREACHABLE, call);
        assertTrue(String.valueOf(failure.getMessage()).contains("SSLHandshakeException"), failure.getMessage());
    }

    private String server(String certificate, List<String> received) throws Exception {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var origin = "https://localhost:" + server.getAddress().getPort();
        server.setHttpsConfigurator(new HttpsConfigurator(tls(certificate)));
        server.createContext("/", exchange -> {
            var path = exchange.getRequestURI().getPath();
            received.add(path);
            var body = body(path, origin).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return origin;
    }

    private static String body(String path, String origin) {
        return switch (path) {
            case "/jwks" -> Json.write(Map.of("keys", List.of(SampleToken.KEY.jwk())));
            case "/token" -> "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"id_token\":\"a.b.c\"}";
            default -> ProviderFixture.document(Map.of("issuer", origin));
        };
    }

    private SSLContext tls(String alias) throws Exception {
        var store = store();
        var chain = store.getCertificateChain(alias);
        var alone = KeyStore.getInstance("PKCS12");
        alone.load(null, null);
        alone.setKeyEntry(alias, store.getKey(alias, PASSWORD.toCharArray()), PASSWORD.toCharArray(), chain);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(alone, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore store() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /** Makes a key pair with a certificate; the first word of {@code options} is the name. */
    private void keytool(String alias, String options, String signer) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                PASSWORD,
                "-dname"));
        command.addAll(List.of(options.split(" ")));
        if (!signer.isEmpty()) {
            command.addAll(List.of("-signer", signer));
        }
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertTrue(process.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(folder.resolve("keytool.log")));
    }
}
