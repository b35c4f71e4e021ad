// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jose4j.json.JsonUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.ServerProcess;

/** A provider whose certificate no public authority has signed, as within companies. */
class TrustStoreIT {
    private static final String PASSWORD = "changeit";
    private static final Path STORE = Path.of("target", "provider.p12").toAbsolutePath();

    private final HttpsServer provider = server();

    @BeforeEach
    void startTheProvider() throws Exception {
        Files.deleteIfExists(STORE);
        ServerProcess.run(
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home", ""), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "provider",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        STORE.toString(),
                        "-storepass",
                        PASSWORD),
                Path.of("target", "keytool.log"),
                Duration.ofMinutes(1));
        provider.setHttpsConfigurator(new HttpsConfigurator(tls()));
        provider.createContext("/.well-known/openid-configuration", exchange -> {
            var body = JsonUtil.toJson(metadata()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
    }

    @AfterEach
    void stopTheProvider() {
        provider.stop(0);
    }

    @Test
    void isRefusedWithoutAndTrustedWithATrustStore() throws Exception {
        var settings = new HashMap<>(Map.of("OIDC_ISSUER", issuer(), "OIDC_CLIENT_ID", "shop"));
        try (var sample = Sample.start("untrusted", settings)) {
            var page = new Browser().open(sample.at("/app/me"));
            assertEquals(503, page.status());
            assertTrue(page.text().contains("provider_unreachable"), page.text());
        }
        settings.put(
                "JAVA_TOOL_OPTIONS",
                "-Djavax.net.ssl.trustStore=" + STORE + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD);
        try (var sample = Sample.start("trusted", settings)) {
            var page = new Browser().stoppingAt(URI.create(issuer())).open(sample.at("/app/me"));
            assertEquals(302, page.status());
        }
    }

    private String issuer() {
        return "https://localhost:" + provider.getAddress().getPort();
    }

    private Map<String, Object> metadata() {
        var metadata = new HashMap<String, Object>();
        metadata.put("issuer", issuer());
        metadata.put("authorization_endpoint", issuer() + "/authorize");
        metadata.put("token_endpoint", issuer() + "/token");
        metadata.put("jwks_uri", issuer() + "/jwks");
        metadata.put("response_types_supported", List.of("code"));
        metadata.put("subject_types_supported", List.of("public"));
        metadata.put("id_token_signing_alg_values_supported", List.of("RS256"));
        return metadata;
    }

    private static HttpsServer server() {
        try {
            return HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SSLContext tls() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(STORE)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
