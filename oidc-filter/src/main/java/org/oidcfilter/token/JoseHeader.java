// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.JsonObject;
import org.oidcfilter.protocol.Printable;

/**
 * The protected header of a JWS or JWE (RFC 7515 section 4, RFC 7516 section 4). The principle: a header says which of the
 * keys that we have was used, and how. It never brings a key or the address of one: {@code jwk}, {@code jku}, {@code x5c}
 * and {@code x5u} are not looked at. Nor does anything else in it change a verdict, unless the header demands that it be
 * understood.
 */
record JoseHeader(JsonObject members) {
    private static final int MAX_KID_LENGTH = 1024;

    /** The media types of a JWT that is nothing in particular: an ID token, a UserInfo response. */
    static final Set<String> JWT = Set.of("jwt", "application/jwt");

    /** Those of a logout token (Back-Channel Logout 2.4). */
    static final Set<String> LOGOUT_TOKEN = Set.of("jwt", "application/jwt", "logout+jwt", "application/logout+jwt");

    /** Reads a header. No parameter has {@code null} for a value, and one that is there is not treated as if it were not. */
    static JoseHeader parse(String part) {
        return new JoseHeader(CompactJose.jsonObject(part, "header", name -> true));
    }

    /** The algorithm {@code name}, which must be one of {@code allowed}, compared exactly. */
    String algorithm(String name, Set<String> allowed, Reason reason) {
        var identifier = members.members().get(name);
        if (identifier instanceof String text && allowed.contains(text)) {
            return text;
        }
        throw new InvalidResponseException(
                reason, "expected " + name + " to be one of " + allowed + ", got " + quoted(identifier));
    }

    /**
     * Explicit typing (RFC 8725 section 3.11): an access token or a logout token says that it is one.
     *
     * @param types the media types that will do, in lower case; none at all always does
     */
    void requireType(String name, Set<String> types) {
        var type = members.members().get(name);
        if (type == null || (type instanceof String text && types.contains(text.toLowerCase(Locale.ROOT)))) {
            return;
        }
        throw new InvalidResponseException(
                Reason.TOKEN_TYP,
                "expected " + name + " to be none or one of " + new TreeSet<>(types) + ", got " + quoted(type));
    }

    /** We understand no extension (RFC 7515 section 4.1.11), the unencoded payload of RFC 7797 included. */
    void requireNoExtension() {
        if (members.has("crit") || members.has("b64")) {
            throw new InvalidResponseException(
                    Reason.TOKEN_CRITICAL_HEADER, "the header demands an extension by crit or b64");
        }
    }

    /** The name of the key. */
    Optional<String> kid() {
        var kid = Optional.ofNullable(members.members().get("kid"));
        if (kid.isPresent() && !(kid.get() instanceof String text && text.length() <= MAX_KID_LENGTH)) {
            throw CompactJose.malformed("kid is not a string of at most " + MAX_KID_LENGTH + " characters");
        }
        return kid.map(String.class::cast);
    }

    private static String quoted(@Nullable Object value) {
        return value instanceof String text ? Printable.of(text) : "no string";
    }
}
