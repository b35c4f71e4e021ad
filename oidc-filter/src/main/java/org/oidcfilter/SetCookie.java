// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Duration;

/**
 * A cookie to set. Always {@code HttpOnly} and {@code SameSite=Lax}.
 *
 * @param name the cookie's name
 * @param value the value, of cookie-octets only; empty to remove the cookie
 * @param path the {@code Path} attribute
 * @param maxAge how long the browser keeps it; zero removes it, {@link #SESSION} is until the browser is closed
 * @param secure whether it is sent over https only
 */
public record SetCookie(String name, String value, String path, Duration maxAge, boolean secure) {
    /** Until the browser is closed, which may be never. */
    public static final Duration SESSION = Duration.ofSeconds(-1);

    /** The value of the {@code Set-Cookie} header (RFC 6265 section 4.1). */
    public String header() {
        var age = maxAge.isNegative() ? "" : "; Max-Age=" + maxAge.toSeconds();
        return name + "=" + value + "; Path=" + path + age + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
    }

    /** The name only. */
    @Override
    public String toString() {
        return "SetCookie[" + name + "]";
    }
}
