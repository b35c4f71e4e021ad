// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
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

    private final CookieSealer sealer;
    private final String name;
    private final Duration lifetime;

    /**
     * @param application tells apart the applications and clients that live on one host
     * @param lifetime how long a login may take
     */
    public SavedFormCookie(CookieKeys keys, String application, Duration lifetime) {
        this.sealer = new CookieSealer(keys.keys(), "form " + application);
        this.name = "oidc-form-" + Fingerprint.of(application, 8);
        this.lifetime = lifetime;
    }

    /** The cookie that keeps {@code form}; empty if it is too large. */
    public Optional<SetCookie> keep(SavedForm form, StateCookie.Scope scope) {
        var value = sealer.seal(Base64.getUrlEncoder().encodeToString(deflated(Json.write(form.toJson()))));
        return value.length() > LARGEST
                ? Optional.empty()
                : Optional.of(new SetCookie(name(scope), value, scope.path(), lifetime, scope.secure()));
    }

    /** The form that waits for the login {@code state}. */
    public Optional<SavedForm> find(Secret state, StateCookie.Scope scope, List<Entry<String, String>> cookies) {
        return cookies.stream()
                .filter(cookie -> cookie.getKey().equals(name(scope)))
                .flatMap(cookie -> sealer.open(cookie.getValue()).stream())
                .flatMap(text -> read(text).stream())
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

    /** Only what we have sealed ourselves is inflated. */
    private static Optional<SavedForm> read(String text) {
        try (var inflated = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(text)))) {
            var json = new String(inflated.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(SavedForm.fromJson(Json.parse(json)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // sealed by another version of this software
        }
    }

    private static byte[] deflated(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var deflating = new DeflaterOutputStream(bytes)) {
            deflating.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
