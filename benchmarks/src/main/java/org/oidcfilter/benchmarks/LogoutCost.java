// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.servlet.StoredSession;

/**
 * Logout tokens while many sessions live: what each costs beside the bare check of its signature, and whether the sessions
 * are over at the next request, the oldest and the newest alike. Arguments: how many sessions, how many logouts.
 *
 * <p>The sessions come from a session store as another node would have left them, and are used once; logging in takes longer.
 */
final class LogoutCost {
    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Logouts of people without a session, each as many as are measured: until all is compiled. */
    private static final int WARM_UPS = 15;

    /** The oldest sessions and the newest take turns. */
    private static final int SLICE = 25;

    private LogoutCost() {}

    public static void main(String[] arguments) throws Exception {
        var sessions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        var logouts = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        var provider = TokenIssuer.start(TokenIssuer.Sizes.OPAQUE);
        var server = WebServer.start(Candidate.FILTER, provider);
        var attribute = server.attribute();
        var requests = new ArrayList<byte[]>();
        try (var connection = new Connection(server.port())) {
            for (int i = 0; i < sessions; i++) {
                var stored = stored(provider, "person-" + i);
                requests.add(server.requestOf(server.session(attribute, stored)));
                expect(connection, requests.get(i), 200);
            }
            var tokens = tokens(provider, sessions, logouts, "person-");
            for (int i = 0; i < WARM_UPS; i++) {
                send(server, connection, tokens(provider, 0, logouts, "stranger-" + i + "-"));
            }
            var oldest = new ArrayList<Double>();
            var newest = new ArrayList<Double>();
            for (int from = 0; from < logouts / 2; from += SLICE) {
                var to = Math.min(from + SLICE, logouts / 2);
                oldest.add(send(server, connection, tokens.subList(from, to)));
                newest.add(send(server, connection, tokens.subList(logouts / 2 + from, logouts / 2 + to)));
            }
            var bare = signature(provider, tokens);
            var container = container(tokens);
            var dead = 0;
            for (int i = 0; i < logouts; i++) {
                var person = i < logouts / 2 ? i : sessions - logouts + i;
                dead += connection.exchange(requests.get(person)).status() == 302 ? 1 : 0;
            }
            expect(connection, requests.get(sessions / 2), 200);
            System.out.printf(
                    "%d logout tokens while %d sessions live: %.1f µs for each of the oldest sessions, %.1f µs for each of"
                            + " the newest; the bare check of a signature %.1f µs; the same request to a servlet that ends a"
                            + " session without any check %.1f µs; %d sessions over at their next request%n",
                    logouts, sessions, RequestCost.median(oldest), RequestCost.median(newest), bare, container, dead);
        }
        System.exit(0);
    }

    /** As many tokens for the oldest sessions as for the newest. */
    private static List<byte[]> tokens(TokenIssuer provider, int sessions, int logouts, String prefix) {
        var tokens = new ArrayList<byte[]>();
        for (int i = 0; i < logouts; i++) {
            var subject = prefix + (i < logouts / 2 ? i : sessions - logouts + i);
            tokens.add(provider.tokens()
                    .logoutToken(subject, IssuedTokens.sid(subject))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        return tokens;
    }

    /** What the container needs for as many requests, each of which ends a session of its own. */
    private static double container(List<byte[]> tokens) {
        try (var server = WebServer.start(Candidate.BARE, "");
                var connection = new Connection(server.port())) {
            var turns = new ArrayList<Double>();
            for (int turn = 0; turn < 2 * WARM_UPS; turn++) {
                var cookies = new ArrayList<String>();
                for (int i = 0; i < tokens.size(); i++) {
                    cookies.add("Cookie: JSESSIONID=" + server.session("nothing else", "") + "\r\n");
                }
                turns.add(send(server, connection, "/public/end", tokens, cookies));
            }
            return RequestCost.median(turns.subList(WARM_UPS, turns.size()));
        }
    }

    private static double send(WebServer server, Connection connection, List<byte[]> tokens) {
        return send(server, connection, "/oidc/backchannel-logout", tokens, Collections.nCopies(tokens.size(), ""));
    }

    private static double send(
            WebServer server, Connection connection, String path, List<byte[]> tokens, List<String> cookies) {
        var before = server.threads().used();
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            var body = "logout_token="
                    + URLEncoder.encode(new String(token, StandardCharsets.US_ASCII), StandardCharsets.UTF_8);
            var request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + cookies.get(i) + "Content-Length: "
                    + body.length() + "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + body;
            expect(connection, request.getBytes(StandardCharsets.US_ASCII), 200);
        }
        return server.threads().used().since(before).cpuNanos() / 1000.0 / tokens.size();
    }

    private static double signature(TokenIssuer provider, List<byte[]> tokens) throws GeneralSecurityException {
        var key = provider.tokens().key().getPublicKey();
        var least = Double.MAX_VALUE;
        for (int turn = 0; turn < 5; turn++) {
            var start = BEAN.getCurrentThreadCpuTime();
            for (var bytes : tokens) {
                var token = new String(bytes, StandardCharsets.US_ASCII);
                var dot = token.lastIndexOf('.');
                var check = Signature.getInstance("SHA256withRSA");
                check.initVerify(key);
                check.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
                if (!check.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1)))) {
                    throw new IllegalStateException("a wrong signature");
                }
            }
            least = Math.min(least, (BEAN.getCurrentThreadCpuTime() - start) / 1000.0 / tokens.size());
        }
        return least;
    }

    private static void expect(Connection connection, byte[] request, int status) {
        var answer = connection.exchange(request);
        if (answer.status() != status) {
            throw new IllegalStateException("expected " + status + ", got " + answer);
        }
    }

    /** What a session store would bring back. */
    private static StoredSession stored(TokenIssuer provider, String subject)
            throws IOException, ClassNotFoundException {
        var now = Instant.ofEpochMilli(System.currentTimeMillis());
        var hour = now.plus(Duration.ofHours(1));
        var session = new OidcSession(
                new OidcSession.Identity(
                        provider.issuer(), subject, Optional.of(IssuedTokens.sid(subject)), "alice", Set.of("user")),
                new OidcSession.Tokens(
                        Secret.of("e30.e30."),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OidcSession.Validity(hour, Optional.of(hour), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.of(now)),
                new OidcSession.Times(now, now, hour));
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeInt(session.toBytes().length);
            out.write(session.toBytes());
        }
        var stored = new StoredSession();
        try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            stored.readExternal(in);
        }
        return stored;
    }
}
