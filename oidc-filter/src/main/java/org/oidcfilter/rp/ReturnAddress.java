// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the browser goes after a login or logout: a path of the application's own origin with an optional query, and
 * nothing that a browser could read as another origin.
 *
 * <p>The principle: the address is accepted only in the one form that every parser reads the same way. It begins with
 * exactly one slash and consists of the characters RFC 3986 allows in a path and query; whatever else came is not
 * repaired but refused.
 */
final class ReturnAddress {
    private static final int LONGEST = 8 * 1024;

    /** Possessive, so that the length of an address costs no stack. */
    private static final Pattern PLAIN = Pattern.compile(
            "/(?!/)(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*+(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]{}|^`-]|%[0-9A-Fa-f]{2})*+)?");

    private static final Pattern SESSION_ID = Pattern.compile("(?i);jsessionid=[^/?;]*");
    private static final Pattern HIDDEN = Pattern.compile("(?i)%(?:0[0-9a-f]|1[0-9a-f]|7f|5c)|^/%2f");

    private static final Pattern PARAMETERS = Pattern.compile("\\?.*|;[^/?]*");

    /** Empty and dot segments, which a request would be refused for: whoever resolves them gets to another page. */
    private static final Pattern AMBIGUOUS = Pattern.compile("//|/\\.{1,2}(?:/|$)");

    private ReturnAddress() {}

    /** The address if it is safe, without any session id in it. */
    static Optional<String> safe(String address) {
        if (address.length() > LONGEST) {
            return Optional.empty();
        }
        var bare = SESSION_ID.matcher(address).replaceAll("");
        return PLAIN.matcher(bare).matches()
                        && !hides(bare)
                        && !AMBIGUOUS.matcher(path(bare)).find()
                ? Optional.of(bare)
                : Optional.empty();
    }

    /** The path of a safe address as a server reads it: without path parameters, then decoded, once. */
    static String path(String safe) {
        var raw = PARAMETERS.matcher(safe).replaceAll("");
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The path and query of an absolute address if it is one of {@code site}'s own. */
    static Optional<String> within(Site site, String address) {
        if (address.startsWith("/")) {
            return safe(address);
        }
        var prefix = site.origin() + "/";
        return address.startsWith(prefix) ? safe(address.substring(site.origin().length())) : Optional.empty();
    }

    /** The page that a form was sent from, if the browser says and it is one of {@code site}'s own. */
    static Optional<String> referer(Site site, Optional<String> referer) {
        return referer.filter(address -> !address.startsWith("/")).flatMap(address -> within(site, address));
    }

    /** Control characters, a backslash or a second slash in the path, hidden by percent-encoding. */
    private static boolean hides(String address) {
        var end = address.indexOf('?');
        return HIDDEN.matcher(end < 0 ? address : address.substring(0, end)).find();
    }

    /** The absolute form for a {@code Location} header. */
    static String absolute(Site site, String address) {
        return URI.create(site.origin()) + address;
    }
}
