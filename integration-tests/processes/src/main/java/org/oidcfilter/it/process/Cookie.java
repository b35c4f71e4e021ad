// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cookie as a browser keeps it (RFC 6265bis, 5.6 and 5.7). Ports and, on loopback, schemes make no difference.
 *
 * @param hostOnly whether subdomains of {@code domain} do not get it
 * @param expires when it goes; nothing for a session cookie
 * @param sameSite {@code Lax} where the server does not say, as Chromium has it
 */
public record Cookie(
        String name,
        String value,
        String domain,
        boolean hostOnly,
        String path,
        Optional<Instant> expires,
        boolean secure,
        boolean httpOnly,
        SameSite sameSite) {
    /** Which requests of other sites carry the cookie. */
    public enum SameSite {
        STRICT,
        LAX,
        NONE
    }

    private static final int LONGEST = 4096;

    /** Reads a {@code Set-Cookie} header of an answer from {@code origin}; nothing if a browser would not take it. */
    public static Optional<Cookie> parse(String header, URI origin, Instant now) {
        String[] parts = header.split(";", -1);
        String[] pair = parts[0].split("=", 2);
        if (pair.length < 2 || pair[0].isBlank() || parts[0].strip().length() > LONGEST) {
            return Optional.empty();
        }
        Map<String, String> attributes = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] attribute = parts[i].strip().split("=", 2);
            attributes.put(attribute[0].toLowerCase(Locale.ROOT), attribute.length > 1 ? attribute[1].strip() : "");
        }
        Cookie cookie = of(pair[0].strip(), pair[1].strip(), attributes, origin, now);
        return Optional.of(cookie).filter(it -> it.mayBeSetBy(origin));
    }

    private static Cookie of(String name, String value, Map<String, String> attributes, URI origin, Instant now) {
        String domain = attributes.getOrDefault("domain", "");
        String path = attributes.getOrDefault("path", "");
        return new Cookie(
                name,
                value,
                domain.isEmpty()
                        ? host(origin)
                        : domain.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT),
                domain.isEmpty(),
                path.startsWith("/") ? path : defaultPath(origin),
                expires(attributes, now),
                attributes.containsKey("secure"),
                attributes.containsKey("httponly"),
                sameSite(attributes.get("samesite")));
    }

    /** Whether a request to {@code target} would carry it, as far as the target decides that. */
    public boolean matches(URI target, Instant now) {
        return matchesDomain(host(target))
                && matchesPath(target.getRawPath())
                && (!secure || trustworthy(target))
                && !isExpired(now);
    }

    public boolean isExpired(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }

    /** Whether both are the same entry of a cookie jar: the newer one replaces the older. */
    public boolean replaces(Cookie other) {
        return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
    }

    private boolean mayBeSetBy(URI origin) {
        boolean allowed = matchesDomain(host(origin))
                && (!secure || trustworthy(origin))
                && (secure || sameSite != SameSite.NONE);
        if (name.startsWith("__Host-")) {
            return allowed && secure && hostOnly && path.equals("/");
        }
        return allowed && (secure || !name.startsWith("__Secure-"));
    }

    private boolean matchesDomain(String host) {
        return host.equals(domain) || (!hostOnly && host.endsWith("." + domain));
    }

    private boolean matchesPath(String requested) {
        String path = requested.isEmpty() ? "/" : requested;
        String prefix = this.path.endsWith("/") ? this.path : this.path + "/";
        return path.equals(this.path) || path.startsWith(prefix);
    }

    /** Browsers treat loopback like https. */
    private static boolean trustworthy(URI uri) {
        String host = host(uri);
        return "https".equals(uri.getScheme())
                || host.equals("localhost")
                || host.endsWith(".localhost")
                || host.startsWith("127.")
                || host.equals("[::1]");
    }

    private static String host(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static String defaultPath(URI origin) {
        int lastSlash = origin.getRawPath().lastIndexOf('/');
        return lastSlash <= 0 ? "/" : origin.getRawPath().substring(0, lastSlash);
    }

    private static Optional<Instant> expires(Map<String, String> attributes, Instant now) {
        String maxAge = attributes.get("max-age");
        if (maxAge != null && maxAge.matches("-?[0-9]{1,15}")) {
            return Optional.of(now.plus(Duration.ofSeconds(Long.parseLong(maxAge))));
        }
        String expires = attributes.get("expires");
        return expires == null ? Optional.empty() : date(expires);
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.replace('-', ' '))));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static SameSite sameSite(@Nullable String value) {
        if ("none".equalsIgnoreCase(value)) {
            return SameSite.NONE;
        }
        return "strict".equalsIgnoreCase(value) ? SameSite.STRICT : SameSite.LAX;
    }
}
