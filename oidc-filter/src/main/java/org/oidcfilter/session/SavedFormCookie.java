// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import org.oidcfilter.Secret;
import org.oidcfilter.SetCookie;
import org.oidcfilter.protocol.Json;

/**
 * Keeps a form in the browser while its owner logs in again: compressed, sealed, one at a time. A form that does not fit is
 * not kept.
 */
public final class SavedFormCookie {
    /** Together with our other cookies this stays below what servers take for headers. */
    private static final int LARGEST = 3000;

    /** With the cookie of the login that it waits for, of 8 KB that servers take for all headers of a request. */
    private static final int ALL_COOKIES = 6300;

    private static final int LARGEST_INFLATED = 1024 * 1024;

    private final CookieSealer sealer;
    private final String name;
    private final Duration lifetime;

    /**
     * @param application tells apart the applications and clients that live on one host
     * @param lifetime how long a login may take
     */
    public SavedFormCookie(CookieKeys keys, String application, Duration lifetime) {
        this.sealer = new CookieSealer(keys, "form " + application);
        this.name = "oidc-form-" + Fingerprint.of(application, 8);
        this.lifetime = lifetime;
    }

    /**
     * The cookie that keeps {@code form}; empty if it is too large.
     *
     * @param cookies the cookies of the request, which leave less room
     */
    public Optional<SetCookie> keep(SavedForm form, StateCookie.Scope scope, List<Entry<String, String>> cookies) {
        var others = CookieRoom.takenByOthers(cookies, name(scope)::equals);
        var value = sealer.seal(Deflated.bytes(Json.write(form.toJson()).getBytes(StandardCharsets.UTF_8)));
        return value.length() > Math.min(LARGEST, ALL_COOKIES - others)
                ? Optional.empty()
                : Optional.of(new SetCookie(name(scope), value, scope.path(), lifetime, scope.secure()));
    }

    /** The form that waits for the login {@code state}. */
    public Optional<SavedForm> find(Secret state, StateCookie.Scope scope, List<Entry<String, String>> cookies) {
        return cookies.stream()
                .filter(cookie -> cookie.getKey().equals(name(scope)))
                .flatMap(cookie -> sealer.openBytes(cookie.getValue()).stream())
                .flatMap(bytes -> Deflated.inflate(bytes, LARGEST_INFLATED).stream())
                .flatMap(bytes -> read(bytes).stream())
                .filter(form -> form.state().equals(state))
                .findFirst();
    }

    /** The removal of the cookie. */
    public SetCookie removal(StateCookie.Scope scope) {
        return new SetCookie(name(scope), "", scope.path(), Duration.ZERO, scope.secure());
    }

    private String name(StateCookie.Scope scope) {
        return scope.secure() ? "__Host-" + name : name;
    }

    private static Optional<SavedForm> read(byte[] bytes) {
        try {
            return Optional.of(SavedForm.fromJson(Json.parse(new String(bytes, StandardCharsets.UTF_8))));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // sealed by another version of this software
        }
    }
}
