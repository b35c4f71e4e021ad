// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cookies of a browser (RFC 6265bis): they belong to a host, whatever its port, and to a path below it.
 *
 * <p>{@code Secure} cookies are kept over plain http, because every host here is the loopback, which browsers trust.
 */
final class CookieJar {
    private final List<Cookie> cookies = new ArrayList<>();
    private final Clock clock;

    CookieJar(Clock clock) {
        this.clock = clock;
    }

    /** One with the same cookies, which goes its own ways from now on. */
    synchronized CookieJar copy() {
        CookieJar copy = new CookieJar(clock);
        copy.cookies.addAll(cookies);
        return copy;
    }

    /** A cookie that the browser keeps; a session cookie never expires here. */
    record Cookie(String host, String path, String name, String value, String sameSite, Instant expires) {

        private boolean replaces(Cookie other) {
            return host.equals(other.host) && path.equals(other.path) && name.equals(other.name);
        }

        private boolean belongsTo(Visit visit) {
            String asked = visit.uri().getRawPath();
            boolean below = asked.equals(path) || asked.startsWith(path.endsWith("/") ? path : path + "/");
            return below && host.equals(visit.uri().getHost());
        }

        private boolean goesWith(Visit visit) {
            return switch (sameSite) {
                case "none" -> true;
                case "strict" -> visit.isSameSite();
                default -> visit.isLax();
            };
        }
    }

    /** The value of the {@code Cookie} header, longest path first; empty if no cookie goes with the request. */
    synchronized String header(Visit visit) {
        return cookies(visit).stream()
                .filter(cookie -> cookie.goesWith(visit))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    /** The cookies that belong to the host and path of a request. */
    synchronized List<Cookie> cookies(Visit visit) {
        cookies.removeIf(cookie -> !cookie.expires().isAfter(clock.instant()));
        return cookies.stream()
                .filter(cookie -> cookie.belongsTo(visit))
                .sorted(Comparator.comparing((Cookie cookie) -> cookie.path().length())
                        .reversed())
                .toList();
    }

    synchronized void store(Visit visit, List<String> setCookies) {
        for (String setCookie : setCookies) {
            parsed(visit, setCookie).ifPresent(cookie -> {
                cookies.removeIf(cookie::replaces);
                cookies.add(cookie);
            });
        }
    }

    /** Empty if a browser would refuse the cookie. */
    private Optional<Cookie> parsed(Visit visit, String setCookie) {
        String[] parts = setCookie.split(";", -1);
        String name = parts[0].substring(0, parts[0].indexOf('=')).strip();
        String value = parts[0].substring(parts[0].indexOf('=') + 1).strip();
        boolean secure = attribute(parts, "secure").isPresent();
        String sameSite = attribute(parts, "samesite").orElse("lax").toLowerCase(Locale.ROOT);
        String path = attribute(parts, "path").filter(p -> p.startsWith("/")).orElseGet(() -> defaultPath(visit));
        boolean hostOnly = attribute(parts, "domain").isEmpty();
        boolean badPrefix = (name.startsWith("__Secure-") && !secure)
                || (name.startsWith("__Host-") && !(secure && hostOnly && path.equals("/")));
        if (badPrefix || (sameSite.equals("none") && !secure)) {
            return Optional.empty();
        }
        Instant expires = attribute(parts, "max-age")
                .map(seconds -> clock.instant().plusSeconds(Long.parseLong(seconds)))
                .orElse(Instant.MAX);
        return Optional.of(new Cookie(visit.uri().getHost(), path, name, value, sameSite, expires));
    }

    private static Optional<String> attribute(String[] parts, String name) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            int equals = part.indexOf('=');
            if (name.equalsIgnoreCase(equals < 0 ? part : part.substring(0, equals))) {
                return Optional.of(equals < 0 ? "" : part.substring(equals + 1));
            }
        }
        return Optional.empty();
    }

    private static String defaultPath(Visit visit) {
        String path = visit.uri().getRawPath();
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
