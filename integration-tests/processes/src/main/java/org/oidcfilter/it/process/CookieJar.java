// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The cookies of one {@link Browser}, kept and sent by the rules of RFC 6265bis. */
public final class CookieJar {
    private final Clock clock;
    private final List<Cookie> cookies = new ArrayList<>();

    public CookieJar(Clock clock) {
        this.clock = clock;
    }

    /** Takes over what the answer of {@code request} sets. */
    public void store(SiteRequest request, List<String> setCookieHeaders) {
        Instant now = clock.instant();
        if (request.maySetCookies()) {
            setCookieHeaders.forEach(
                    header -> Cookie.parse(header, request.target(), now).ifPresent(this::replace));
        }
        cookies.removeIf(cookie -> cookie.isExpired(now));
    }

    /** A replaced cookie is the newest, unlike in RFC 6265bis, where it keeps its place: Chromium does it so. */
    private void replace(Cookie cookie) {
        cookies.removeIf(cookie::replaces);
        cookies.add(cookie);
    }

    /** The {@code Cookie} header of {@code request}: longer paths first, older cookies before newer ones. */
    public Optional<String> header(SiteRequest request) {
        Instant now = clock.instant();
        String header = cookies.stream()
                .filter(cookie -> cookie.matches(request.target(), now) && request.carries(cookie.sameSite()))
                .sorted(Comparator.comparingInt((Cookie cookie) -> cookie.path().length())
                        .reversed())
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        return header.isEmpty() ? Optional.empty() : Optional.of(header);
    }

    /** The cookies that {@code target} would get from its own pages. */
    public List<Cookie> of(URI target) {
        Instant now = clock.instant();
        return cookies.stream().filter(cookie -> cookie.matches(target, now)).toList();
    }

    /** The cookie called {@code name} among those of {@code target}. */
    public Optional<Cookie> find(URI target, String name) {
        return of(target).stream().filter(cookie -> cookie.name().equals(name)).findFirst();
    }

    /** Forgets the cookies called {@code name}, as a user or a browser's storage limit may. */
    public void remove(String name) {
        cookies.removeIf(cookie -> cookie.name().equals(name));
    }

    /** Closes the browser: session cookies go, the others stay. */
    public void endSession() {
        cookies.removeIf(cookie -> cookie.expires().isEmpty());
    }
}
