// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.IntStream;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Reason;
import org.oidcfilter.SetCookie;

/**
 * Keeps a session in the browser: compressed, sealed as a whole, and cut into as many cookies as it takes. The first one says
 * how many there are. Whatever does not fit together exactly is no session.
 */
public final class SessionCookie {
    /** Browsers keep 4,096 bytes of name and value; this leaves room for the name. */
    private static final int LARGEST_PIECE = 4000;

    private static final int MOST = 9;
    private static final int LARGEST_INFLATED = 256 * 1024;
    private static final int APPLICATION_LENGTH = 8;

    private final CookieSealer sealer;
    private final String name;
    private final int largest;

    /**
     * @param application tells apart the applications and clients that live on one host
     * @param largest how many bytes all cookies of a session may have together, with their names
     */
    public SessionCookie(CookieKeys keys, String application, int largest) {
        this.sealer = new CookieSealer(keys, "session " + application, MOST * LARGEST_PIECE);
        this.name = "oidc-session-" + Fingerprint.of(application, APPLICATION_LENGTH);
        this.largest = largest;
    }

    /** The session that the cookies of a request hold; empty for anything that we have not sealed. */
    public Optional<OidcSession> read(StateCookie.Scope scope, List<Entry<String, String>> cookies) {
        return sealed(scope, ours(scope, cookies))
                .flatMap(sealer::openBytes)
                .flatMap(bytes -> Deflated.inflate(bytes, LARGEST_INFLATED))
                .flatMap(OidcSession::fromBytes);
    }

    /**
     * The cookies that keep {@code session}, and the removal of those that it does not need any more.
     *
     * @param cookies the cookies of the request
     * @throws InvalidResponseException if the session is larger than allowed
     */
    public List<SetCookie> write(OidcSession session, StateCookie.Scope scope, List<Entry<String, String>> cookies) {
        var sealed = sealer.seal(Deflated.bytes(session.toBytes()));
        var pieces = (sealed.length() + LARGEST_PIECE - 1) / LARGEST_PIECE;
        var size = sealed.length() + pieces * (name(scope, 0).length() + 2);
        if (size > largest || pieces > MOST) {
            throw new InvalidResponseException(
                    Reason.SESSION_TOO_LARGE,
                    "the session takes " + size + " bytes of cookies, allowed are " + largest);
        }
        var changes = new ArrayList<SetCookie>();
        for (var i = 0; i < pieces; i++) {
            var piece = sealed.substring(i * LARGEST_PIECE, Math.min(sealed.length(), (i + 1) * LARGEST_PIECE));
            changes.add(cookie(scope, i, i == 0 ? pieces + "." + piece : piece));
        }
        changes.addAll(removal(scope, cookies, pieces));
        return changes;
    }

    /** The removal of all cookies of ours that the request has brought. */
    public List<SetCookie> removal(StateCookie.Scope scope, List<Entry<String, String>> cookies) {
        return removal(scope, cookies, 0);
    }

    private List<SetCookie> removal(StateCookie.Scope scope, List<Entry<String, String>> cookies, int from) {
        var present = ours(scope, cookies);
        if (present.isEmpty()) {
            return List.of();
        }
        return IntStream.range(from, MOST)
                .mapToObj(i -> name(scope, i))
                .filter(present::containsKey)
                .map(known -> new SetCookie(known, "", scope.path(), Duration.ZERO, scope.secure()))
                .toList();
    }

    private Optional<String> sealed(StateCookie.Scope scope, Map<String, String> cookies) {
        var first = cookies.getOrDefault(name(scope, 0), "");
        if (first.length() < 2 || first.charAt(1) != '.' || first.charAt(0) < '1' || first.charAt(0) > '0' + MOST) {
            return Optional.empty();
        }
        var sealed = first.substring(2);
        for (var i = 1; i < first.charAt(0) - '0'; i++) {
            var piece = cookies.get(name(scope, i));
            if (piece == null || piece.length() > LARGEST_PIECE) {
                return Optional.empty();
            }
            sealed = sealed.concat(piece);
        }
        return Optional.of(sealed);
    }

    /** A browser sends those with the longest path first: of several with one name the first counts. */
    private Map<String, String> ours(StateCookie.Scope scope, List<Entry<String, String>> cookies) {
        var prefix = name(scope, 0);
        var ours = new HashMap<String, String>();
        for (var cookie : cookies) {
            if (cookie.getKey().startsWith(prefix)) {
                ours.putIfAbsent(cookie.getKey(), cookie.getValue());
            }
        }
        return ours;
    }

    private SetCookie cookie(StateCookie.Scope scope, int piece, String value) {
        return new SetCookie(name(scope, piece), value, scope.path(), SetCookie.SESSION, scope.secure());
    }

    private String name(StateCookie.Scope scope, int piece) {
        return (scope.secure() ? "__Host-" : "") + name + (piece == 0 ? "" : "-" + piece);
    }
}
