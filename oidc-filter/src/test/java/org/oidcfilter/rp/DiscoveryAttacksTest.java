// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.Reply;

/** Group DI of docs/attacks.md: the discovery document lies, leads astray, or is not there. */
@Timeout(120)
class DiscoveryAttacksTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");
    private static final String DISCOVERY = Endpoint.DISCOVERY.path();

    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    private void document(Reply reply) {
        attack.application.provider.answer(Endpoint.DISCOVERY, (request, honest) -> reply);
    }

    private void edit(Consumer<Map<String, Object>> change) {
        attack.application.provider.answer(
                Endpoint.DISCOVERY, (request, honest) -> honest.get().editJson(change));
    }

    /** Nobody is sent anywhere, nothing but the document was asked for, and the log says why. */
    private String refusesDocument(Reason reason) throws Exception {
        attack.unavailable(reason, PAGE);
        assertEquals(1, attack.application.calls.get());
        assertTrue(attack.browser.cookies.isEmpty(), "no login has begun");
        return attack.logged(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.test", "ISSUER/", "ISSUER.evil.test", "ISSUER#", "https:HOST"})
    @Tag("DI-01")
    void refusesTheDocumentOfAnotherIssuerAndNamesBoth(String template) throws Exception {
        var ours = attack.application.provider.issuer();
        var other = template.replace("ISSUER", ours).replace("HOST", ours.substring(5));
        edit(document -> document.put("issuer", other));
        var line = refusesDocument(Reason.METADATA_ISSUER);
        assertTrue(line.contains("expected the discovery document of " + ours + ", got that of"), line);
        assertTrue(line.contains(other), line);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @Tag("DI-03")
    void followsNoRedirectToADocument(int status) throws Exception {
        try (var sink = RawServer.sink()) {
            document(Reply.redirect(sink.uri(DISCOVERY).toString()).status(status));
            refusesDocument(Reason.PROVIDER_STATUS);
            assertEquals(List.of(), sink.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 104857600", "Transfer-Encoding: chunked", "Connection: close"})
    @Tag("DI-04")
    void givesUpOnADocumentThatIsTooLarge(String framing) throws Exception {
        var chunk = "2000\r\n" + " ".repeat(8192) + "\r\n";
        try (var server = RawServer.answering((out, socket) -> {
            out.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n")
                    .getBytes(US_ASCII));
            for (int i = 0; i < 12_800; i++) { // 100 MB
                out.write(chunk.getBytes(US_ASCII));
            }
        })) {
            attack.application.detours.put(DISCOVERY, server.uri("/"));
            var line = refusesDocument(Reason.PROVIDER_UNREACHABLE);
            assertTrue(line.contains("more than 524288 bytes"), line);
            assertTrue(server.abandoned.await(20, TimeUnit.SECONDS), "we hang up");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | PROVIDER_JSON | ''",
                "'{' | PROVIDER_JSON | ''",
                "'[]' | PROVIDER_JSON | ''",
                "'null' | PROVIDER_JSON | ''",
                "'{} {}' | PROVIDER_JSON | ''",
                "'<html>' | PROVIDER_JSON | ''",
                "'{\"issuer\":\"a\",\"issuer\":\"b\"}' | PROVIDER_JSON | duplicate member",
                "'{\"issuer\":\"a\",\"\\u0069ssuer\":\"b\"}' | PROVIDER_JSON | duplicate member",
                "'{}' | METADATA_INVALID | issuer",
                "'{\"issuer\":null}' | METADATA_INVALID | issuer",
                "'{\"issuer\":7}' | METADATA_INVALID | issuer"
            })
    @Tag("DI-05")
    void refusesADocumentThatIsNoMetadata(String body, Reason reason, String named) throws Exception {
        document(Reply.json(200, body));
        assertTrue(refusesDocument(reason).contains(named));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer",
                "authorization_endpoint",
                "token_endpoint",
                "jwks_uri",
                "id_token_signing_alg_values_supported"
            })
    @Tag("DI-05")
    void namesTheMemberThatIsMissing(String member) throws Exception {
        edit(document -> document.remove(member));
        assertTrue(refusesDocument(Reason.METADATA_INVALID).contains(member));
    }

    /** Whoever may name our users may name addresses; the operator can pin those that get secrets. */
    @Test
    @Tag("DI-06")
    void sendsSecretsToThePinnedEndpointsWhateverTheDocumentSays() throws Exception {
        try (var sink = RawServer.sink();
                var pinned = LoginAttack.with(Map.of(
                        "oidc.userinfo", "always",
                        "oidc.token-endpoint", "{issuer}/token",
                        "oidc.jwks-uri", "{issuer}/jwks",
                        "oidc.userinfo-endpoint", "{issuer}/userinfo"))) {
            pinned.application.provider.answer(
                    Endpoint.DISCOVERY, (request, honest) -> honest.get().editJson(document -> {
                        document.put("token_endpoint", sink.uri("/token").toString());
                        document.put("jwks_uri", sink.uri("/jwks").toString());
                        document.put("userinfo_endpoint", sink.uri("/userinfo").toString());
                    }));
            pinned.completes(pinned.callback());
            assertEquals(List.of(), sink.requests());
        }
    }

    @Test
    @Tag("DI-07")
    void startsWithoutTheProviderAndRecoversWithoutARestart() throws Exception {
        var application = attack.application;
        application.detours.put(DISCOVERY, RawServer.closed());
        var relyingParty = application.freshlyStarted();
        var browser = new PlainBrowser(relyingParty);
        browser.proceed(PlainRequest.get("/public/page"));
        assertEquals(0, application.calls.get(), "nobody needed the provider so far");
        var refused = browser.reply(PAGE);
        assertEquals(503, refused.status());
        assertTrue(refused.body().contains(Reason.PROVIDER_UNREACHABLE.code()));
        assertEquals(401, browser.reply(PAGE.byScript()).status(), "a script is told that it needs a login");
        assertEquals(1, application.calls.get());
        application.detours.clear();
        application.clock.advance(
                Duration.ofSeconds(Long.parseLong(refused.headers().getOrDefault("Retry-After", ""))));
        assertEquals(302, browser.logIn("/page").status());
    }

    @ParameterizedTest
    @CsvSource({
        "token_endpoint_auth_methods_supported, none, METADATA_CLIENT_AUTHENTICATION",
        "id_token_signing_alg_values_supported, none, METADATA_ALGORITHMS",
        "id_token_signing_alg_values_supported, HS256, METADATA_ALGORITHMS"
    })
    @Tag("DI-09")
    void isNotTalkedOutOfProof(String member, String value, Reason reason) throws Exception {
        edit(document -> document.put(member, List.of(value)));
        refusesDocument(reason);
    }

    @Test
    @Tag("DI-09")
    void anAlgorithmIsNotAllowedBecauseTheProviderOffersIt() throws Exception {
        edit(document -> {
            document.put("id_token_signing_alg_values_supported", List.of("none", "RS256"));
            document.put("token_endpoint_auth_methods_supported", List.of("none", "client_secret_post"));
        });
        attack.refusesLogin(
                Reason.TOKEN_ALGORITHM,
                () -> attack.application.provider.idTokens((header, claims) -> header.put("alg", "none")));
        var redeemed = attack.application.provider.requests("/token").get(0);
        assertTrue(redeemed.form("client_secret").isPresent(), "no client without its secret");
    }

    /** The issuer is configured: nothing that a visitor says makes us ask another one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss=https%3A%2F%2F169.254.169.254",
                "iss=SINK",
                "iss=acct%3Aa%40169.254.169.254",
                "login_hint=acct%3Aa%40SINKHOST",
                "resource=SINK&rel=http%3A%2F%2Fopenid.net%2Fspecs%2Fconnect%2F1.0%2Fissuer"
            })
    @Tag("DI-10")
    void discoversNoIssuerThatAVisitorNames(String query) throws Exception {
        try (var sink = RawServer.sink()) {
            var uri = sink.uri("");
            var asked = query.replace("SINKHOST", uri.getRawAuthority()).replace("SINK", Login.encoded(uri.toString()));
            var reply = attack.browser.reply(PlainRequest.get("/oidc/login?" + asked));
            if (query.startsWith("iss=")) {
                assertEquals(400, reply.status());
                assertTrue(reply.body().contains(Reason.INITIATING_ISSUER_UNKNOWN.code()));
                assertEquals(0, attack.application.calls.get());
            } else {
                var ours = attack.application.provider.issuer() + "/authorize?";
                assertTrue(PlainBrowser.location(reply).startsWith(ours), "to the provider that is configured");
                assertEquals(1, attack.application.calls.get());
            }
            assertEquals(List.of(), sink.requests());
        }
    }

    @Test
    @Tag("DI-11")
    void twoHundredFirstVisitorsAskOnce() throws Exception {
        var together = new CyclicBarrier(200);
        Callable<Integer> visit = () -> {
            together.await(20, TimeUnit.SECONDS);
            return attack.application.browser().reply(PAGE).status();
        };
        var threads = Executors.newFixedThreadPool(200);
        try {
            for (var status : threads.invokeAll(Collections.nCopies(200, visit))) {
                assertEquals(302, status.get(20, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, attack.application.calls.get());
    }
}
