// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a browser's request is to its target's site: who caused it, and what for. This decides which cookies travel
 * (RFC 6265bis, 5.2), what {@code Sec-Fetch-Site} says and whether {@code Origin} is told.
 *
 * @param initiator the page that caused the request; nothing when the user typed the address
 * @param chain the addresses on the way, redirects included; the last one is where this request goes
 */
public record SiteRequest(Optional<URI> initiator, List<URI> chain, String method, Destination destination) {
    /** What the answer is for; the name in lower case is the value of {@code Sec-Fetch-Dest}. */
    public enum Destination {
        DOCUMENT,
        IFRAME,
        EMPTY
    }

    /** How near two addresses are, nearest first; {@code Sec-Fetch-Site} has the same words. */
    private enum Relation {
        SAME_ORIGIN("same-origin"),
        SAME_SITE("same-site"),
        CROSS_SITE("cross-site");

        private final String word;

        Relation(String word) {
            this.word = word;
        }
    }

    public SiteRequest {
        chain = List.copyOf(chain);
    }

    public static SiteRequest to(URI target, String method, Destination destination, Optional<URI> initiator) {
        return new SiteRequest(initiator, List.of(target), method, destination);
    }

    /** The request that follows a redirect to {@code next}. */
    public SiteRequest redirected(URI next, String method) {
        List<URI> longer = new ArrayList<>(chain);
        longer.add(next);
        return new SiteRequest(initiator, longer, method, destination);
    }

    public URI target() {
        return chain.get(chain.size() - 1);
    }

    public boolean isNavigation() {
        return destination != Destination.EMPTY;
    }

    /** The value of {@code Sec-Fetch-Site}: the farthest relation on the way. */
    public String site() {
        return initiator
                .flatMap(from -> chain.stream().map(to -> relation(from, to)).max(Relation::compareTo))
                .map(relation -> relation.word)
                .orElse("none");
    }

    /** Whether the way led over an origin other than the initiator's to yet another one: then nobody vouches for it. */
    public boolean isTainted() {
        for (int i = 1; i < chain.size(); i++) {
            URI previous = chain.get(i - 1);
            boolean vouched =
                    initiator.map(from -> isSameOrigin(from, previous)).orElse(true);
            if (!vouched && !isSameOrigin(previous, chain.get(i))) {
                return true;
            }
        }
        return false;
    }

    public boolean carries(Cookie.SameSite sameSite) {
        if (!isCrossSite()) {
            return true;
        }
        return destination == Destination.DOCUMENT
                && (sameSite == Cookie.SameSite.NONE || (sameSite == Cookie.SameSite.LAX && method.equals("GET")));
    }

    /** Frames and scripts of other sites neither get nor set cookies: third-party cookies are blocked. */
    public boolean maySetCookies() {
        return !isCrossSite() || destination == Destination.DOCUMENT;
    }

    /** Redirects in between do not count here, unlike for {@code Sec-Fetch-Site}: that is how browsers do it today. */
    private boolean isCrossSite() {
        return initiator
                .map(from -> relation(from, target()) == Relation.CROSS_SITE)
                .orElse(false);
    }

    private static Relation relation(URI from, URI to) {
        if (isSameOrigin(from, to)) {
            return Relation.SAME_ORIGIN;
        }
        // Names on loopback have no registrable domain: the host is the site.
        boolean sameSite = Objects.equals(from.getScheme(), to.getScheme())
                && from.getHost().equals(to.getHost());
        return sameSite ? Relation.SAME_SITE : Relation.CROSS_SITE;
    }

    private static boolean isSameOrigin(URI one, URI other) {
        return origin(one).equals(origin(other));
    }

    /** Scheme, host and port, as the {@code Origin} header has them. */
    public static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
