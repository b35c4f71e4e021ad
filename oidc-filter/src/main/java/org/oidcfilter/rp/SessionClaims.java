// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.Claims;

/**
 * The claims of the ID token, and of UserInfo where it adds some. UserInfo never changes what the ID token says, and
 * never adds a claim about the authentication itself: only the ID token is signed for this login.
 */
record SessionClaims(Map<String, Object> asMap) implements Claims {
    private static final String EMAIL = "email";
    private static final String EMAIL_VERIFIED = "email_verified";
    private static final Set<String> ID_TOKEN_ONLY = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "nbf",
            "jti",
            "nonce",
            "auth_time",
            "acr",
            "amr",
            "azp",
            "at_hash",
            "c_hash",
            "s_hash",
            "sid",
            "events",
            "typ");

    SessionClaims {
        asMap = Collections.unmodifiableMap(asMap);
    }

    static SessionClaims of(Map<String, Object> idToken, Map<String, Object> userInfo) {
        var told = new LinkedHashMap<>(idToken);
        var addition = new LinkedHashMap<>(userInfo);
        keepTogether(told, addition);
        addition.keySet().removeAll(ID_TOKEN_ONLY);
        addition.keySet().removeAll(told.keySet());
        var merged = new LinkedHashMap<String, Object>();
        put(told, merged);
        put(addition, merged);
        return new SessionClaims(merged);
    }

    /** Core 5.1: whether an address is verified is for the document to say that names the address. */
    private static void keepTogether(Map<String, Object> idToken, Map<String, Object> userInfo) {
        if (!idToken.containsKey(EMAIL)) {
            if (userInfo.containsKey(EMAIL)) {
                idToken.remove(EMAIL_VERIFIED);
            }
        } else if (!Objects.equals(idToken.get(EMAIL), userInfo.get(EMAIL))) {
            userInfo.remove(EMAIL_VERIFIED);
        }
    }

    @Override
    public Optional<String> string(String name) {
        return of(name, String.class);
    }

    @Override
    public Optional<Number> number(String name) {
        return of(name, Number.class);
    }

    @Override
    public Optional<Boolean> bool(String name) {
        return of(name, Boolean.class);
    }

    @Override
    public List<String> strings(String name) {
        var value = asMap.get(name);
        if (value instanceof List<?> values) {
            return values.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        return value instanceof String text ? List.of(text) : List.of();
    }

    /** Nothing: claims are personal data. */
    @Override
    public String toString() {
        return "Claims";
    }

    private <T> Optional<T> of(String name, Class<T> type) {
        return Optional.ofNullable(asMap.get(name)).filter(type::isInstance).map(type::cast);
    }

    private static void put(Map<String, Object> from, Map<String, Object> to) {
        from.forEach((name, value) -> {
            if (value != null) {
                to.put(name, value);
            }
        });
    }
}
