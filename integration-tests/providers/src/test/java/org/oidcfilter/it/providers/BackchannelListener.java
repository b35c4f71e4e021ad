// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** A loopback URL that accepts logout tokens and shows what came. It proves delivery, not the token. */
final class BackchannelListener implements AutoCloseable {
    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();
    private final HttpServer server;

    BackchannelListener() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::accept);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/backchannel-logout");
    }

    /** The claims of the next logout token, unverified; fails if none comes in time. */
    JwtClaims awaitLogoutToken() throws InterruptedException, InvalidJwtException {
        String body = bodies.poll(30, TimeUnit.SECONDS);
        if (body == null) {
            throw new AssertionError("No logout token came");
        }
        return new JwtConsumerBuilder()
                .setSkipAllValidators()
                .setDisableRequireSignature()
                .setSkipSignatureVerification()
                .build()
                .processToClaims(body.replaceFirst("^logout_token=", ""));
    }

    private void accept(HttpExchange exchange) throws IOException {
        try (exchange) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
