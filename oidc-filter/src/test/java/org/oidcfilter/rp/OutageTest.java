// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.Reason.PROVIDER_JSON;
import static org.oidcfilter.Reason.PROVIDER_MEDIA_TYPE;
import static org.oidcfilter.Reason.PROVIDER_STATUS;
import static org.oidcfilter.Reason.PROVIDER_UNREACHABLE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Endpoint;

/**
 * The provider is slow, wrong or gone, at each endpoint in each way. The documented answer is 503 with {@code Retry-After}
 * where a usable answer may come later; for an answer to this very login (token endpoint, UserInfo) that is complete but
 * nonsense it is 400. In all cases it comes in bounded time, sessions go on, and the first login after the pause works.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageTest {
    /** Ample for an honest answer, short enough to wait for some dozen times. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Far less than a wait without bound, far more than a busy machine adds. */
    private static final Duration BOUND = TIMEOUT.plusSeconds(10);

    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final PlainRequest PAGE = PlainRequest.get("/page");

    private final Application application =
            Application.with(Map.of("oidc.provider-timeout", TIMEOUT.toSeconds() + "s", "oidc.userinfo", "always"));

    /** What goes wrong, what a shared document makes of it, and what an answer to one login does. */
    private enum Fault {
        HANGING(RawServer::hang, PROVIDER_UNREACHABLE),
        DRIPPING_HEADERS(
                (out, socket) -> RawServer.drip(out, "HTTP/1.1 200 OK\r\nX-More: and more"), PROVIDER_UNREACHABLE),
        DRIPPING_BODY(
                (out, socket) -> {
                    out.write(head("Content-Type: application/json"));
                    RawServer.drip(out, " ");
                },
                PROVIDER_UNREACHABLE),
        ENDLESS_HEADER((out, socket) -> endless(out, ascii("HTTP/1.1 200 OK\r\nX-More: ")), PROVIDER_UNREACHABLE),
        OVERSIZED((out, socket) -> endless(out, head("Content-Type: application/json")), PROVIDER_UNREACHABLE),
        REDIRECTING(
                (out, socket) ->
                        out.write(ascii("HTTP/1.1 307 Elsewhere\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")),
                PROVIDER_STATUS),
        TRUNCATED(
                (out, socket) -> {
                    out.write(head("Content-Type: application/json\r\nContent-Length: 100"));
                    out.write(ascii("{\"iss"));
                },
                PROVIDER_UNREACHABLE),
        RESET((out, socket) -> socket.setSoLinger(true, 0), PROVIDER_UNREACHABLE),
        HTML(body("text/html", ascii("<html>please log in</html>")), PROVIDER_MEDIA_TYPE, true),
        ERROR((out, socket) -> out.write(ascii("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")), PROVIDER_STATUS),
        NO_CONTENT((out, socket) -> out.write(ascii("HTTP/1.1 204 Nothing\r\n\r\n")), PROVIDER_STATUS),
        EMPTY(body("application/json", new byte[0]), PROVIDER_JSON, true),
        INVALID_UTF8(
                body("application/json", new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"'}), PROVIDER_UNREACHABLE),
        UNASKED_GZIP(body("application/json\r\nContent-Encoding: gzip", gzip("{}")), PROVIDER_UNREACHABLE),
        WRONG_CHARSET(body("application/json; charset=UTF-16", "{}".getBytes(UTF_16BE)), PROVIDER_JSON, true),
        REFUSING(RawServer::hang, PROVIDER_UNREACHABLE),
        WITHOUT_ADDRESS(RawServer::hang, PROVIDER_UNREACHABLE),
        WITHOUT_TLS((out, socket) -> out.write(ascii("HTTP/1.1 400 Bad\r\n\r\n")), PROVIDER_UNREACHABLE);

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final RawServer.Answer answer;

        private final Reason reason;
        private final boolean nonsense;

        Fault(RawServer.Answer answer, Reason reason) {
            this(answer, reason, false);
        }

        Fault(RawServer.Answer answer, Reason reason, boolean nonsense) {
            this.answer = answer;
            this.reason = reason;
            this.nonsense = nonsense;
        }

        int status(Endpoint endpoint) {
            return nonsense && !isShared(endpoint) ? 400 : 503;
        }

        /** Where the request goes instead of where it should. */
        URI target(RawServer server) throws IOException {
            return switch (this) {
                case REFUSING -> RawServer.closed();
                case WITHOUT_ADDRESS -> URI.create("https://provider.invalid/");
                case WITHOUT_TLS -> URI.create(server.uri("/").toString().replace("http:", "https:"));
                default -> server.uri("/");
            };
        }
    }

    @AfterAll
    void stop() {
        application.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(Endpoint.DISCOVERY, Endpoint.JWKS, Endpoint.TOKEN, Endpoint.USERINFO)
                .flatMap(endpoint -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(endpoint, fault)));
    }

    @ParameterizedTest
    @Tag("DS-04")
    @MethodSource("faults")
    void endsInTimeInTheDocumentedAnswerAndPasses(Endpoint endpoint, Fault fault) throws Exception {
        var relyingParty = application.freshlyStarted();
        var visitor = new PlainBrowser(relyingParty);
        var loggedIn = application.browser();
        loggedIn.logIn("/page");
        try (var server = RawServer.answering(fault.answer);
                var log = new LogRecorder()) {
            var request = endpoint == Endpoint.DISCOVERY ? PAGE : visitor.toCallback(PAGE);
            application.detours.put(endpoint.path(), fault.target(server));
            long start = System.nanoTime();
            var reply = visitor.reply(request);
            assertTrue(System.nanoTime() - start < BOUND.toNanos());
            assertEquals(fault.status(endpoint), reply.status(), reply.body());
            assertTrue(reply.body().contains(fault.reason.code()), reply.body());
            assertEquals(fault.status(endpoint) == 503, reply.headers().containsKey("Retry-After"));
            assertEquals(0, visitor.session.begun.get());
            var elsewhere = new PlainBrowser(relyingParty);
            elsewhere.session.stored = loggedIn.session.stored;
            assertTrue(elsewhere.proceed(PAGE).caller().isPresent(), "existing sessions go on");
            if (isShared(endpoint)) {
                log.awaitLine(
                        "No " + (endpoint == Endpoint.JWKS ? "keys" : "metadata") + " from the provider, next attempt");
            }
        } finally {
            application.detours.clear();
        }
        application.clock.advance(PAUSE);
        assertEquals(302, visitor.logIn("/page").status());
        assertEquals(1, visitor.session.begun.get());
    }

    /** Fetched for all who need it, and in a time of its own. */
    private static boolean isShared(Endpoint endpoint) {
        return endpoint == Endpoint.DISCOVERY || endpoint == Endpoint.JWKS;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] head(String headers) {
        return ascii("HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n");
    }

    private static RawServer.Answer body(String contentType, byte[] body) {
        return (out, socket) -> {
            out.write(head("Content-Type: " + contentType + "\r\nContent-Length: " + body.length));
            out.write(body);
        };
    }

    private static void endless(OutputStream out, byte[] start) throws IOException {
        out.write(start);
        while (true) {
            out.write(ascii("x".repeat(8192)));
        }
    }

    private static byte[] gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(ascii(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
