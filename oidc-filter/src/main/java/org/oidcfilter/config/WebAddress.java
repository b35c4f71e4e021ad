// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.oidcfilter.protocol.Loopback;

/** How web addresses and paths are written. */
final class WebAddress {
    private static final String WELL_KNOWN = "/.well-known/";
    private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.\\.?(/|$)");
    private static final Pattern PLAIN_PATH = Pattern.compile("/|(/[A-Za-z0-9._~-]+)+");

    private WebAddress() {}

    /** An address that nobody can eavesdrop on: https, or http to this machine. */
    static URI secure(String text) {
        var uri = uri(text);
        check(uri.getHost() != null, "must be an absolute https URL with a host name");
        check(uri.getRawUserInfo() == null, "must not hold a user name or password");
        check(uri.getRawFragment() == null, "must have no fragment");
        check(uri.getPort() != 0 && uri.getPort() <= 65535, "must have a port that exists");
        check(isHttps(uri) || isHttpToLoopback(uri), "must use https (http is for localhost only)");
        return uri;
    }

    /** An issuer identifier (OpenID Connect Core 1.2), exactly as written. */
    static String issuer(String text) {
        check(secure(text).getRawQuery() == null, "must have no query");
        check(!text.contains(WELL_KNOWN), "must be the issuer itself, without " + WELL_KNOWN + " and what follows");
        return text;
    }

    /** The address of the application as browsers write it, with neither a default port nor a slash at the end. */
    static URI application(String text) {
        var uri = secure(text);
        check(uri.getRawQuery() == null, "must have no query");
        var path = uri.getRawPath().endsWith("/") ? withoutLast(uri.getRawPath()) : uri.getRawPath();
        check(path.isEmpty() || (isPlain(path) && !path.equals("/")), "must have a plain path");
        var port = uri.getPort() == -1 || uri.getPort() == defaultPort(uri) ? "" : ":" + uri.getPort();
        return URI.create((uri.getScheme() + "://" + uri.getHost()).toLowerCase(Locale.ROOT) + port + path);
    }

    /** Scheme, host and port of an address that nobody can eavesdrop on, without a default port. */
    static URI origin(String text) {
        var uri = application(text);
        check(uri.getRawPath().isEmpty(), "must be origins such as https://api.example.com, without a path");
        return uri;
    }

    /** A path within the application, of segments that need no encoding. */
    static String path(String text) {
        check(isPlain(text), "must be a path such as /some/page, of letters, digits and . _ ~ -");
        return text;
    }

    /** Such a path with at least one segment. */
    static String folder(String text) {
        check(!text.equals("/"), "must not be the whole application");
        return path(text);
    }

    static boolean isHttpToLoopback(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) && Loopback.is(uri.getHost());
    }

    /** Whether somebody else may read the path otherwise than we do. */
    static boolean isAmbiguous(String path) {
        return path.contains("//")
                || path.indexOf(';') >= 0
                || path.indexOf('\\') >= 0
                || DOT_SEGMENT.matcher(path).find();
    }

    private static boolean isPlain(String path) {
        return PLAIN_PATH.matcher(path).matches() && !isAmbiguous(path);
    }

    private static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    private static int defaultPort(URI uri) {
        return isHttps(uri) ? 443 : 80;
    }

    private static String withoutLast(String text) {
        return text.substring(0, text.length() - 1);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // The cause quotes the address, which might hold a password.
            throw new IllegalArgumentException("must be a URL");
        }
    }

    private static void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
