// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;
import org.oidcfilter.SharedState;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.rp.Renewal.Result;
import org.oidcfilter.session.CookieSealer;
import org.oidcfilter.session.Fingerprint;

/**
 * Sees to it that one node redeems a refresh token, and that the others use what it got. Who is first has a lease; the
 * outcome lies sealed in the shared state for those that come later. If the node dies, the lease ends, and another may try.
 */
final class SharedRenewal {
    private static final Duration LOOKS_EVERY = Duration.ofMillis(75);
    private static final char END_OF_NAME = '\n';
    private static final String RENEWED = "renewed ";
    private static final String REFUSED = "refused";
    private static final String POSTPONED = "postponed";

    private final Renewal renewal;
    private final SharedState nodes;
    private final CookieSealer sealer;
    private final Terms terms;

    /**
     * What nodes agree on beforehand.
     *
     * @param application tells apart those that share an engine
     * @param lease longer than a renewal can take
     */
    record Terms(String application, Duration lease) {}

    SharedRenewal(Renewal renewal, SharedState nodes, CookieSealer sealer, Terms terms) {
        this.renewal = renewal;
        this.nodes = nodes;
        this.sealer = sealer;
        this.terms = terms;
    }

    /** As {@link Renewal#attempt}, on whichever node. May take as long as the lease. */
    Result attempt(OidcSession session, Secret refreshToken) {
        var name = terms.application() + " refresh " + Fingerprint.of(refreshToken.reveal(), 64);
        try {
            return agreed(name, session, refreshToken);
        } catch (SharedStateException e) {
            Failures.note("a session goes on with its old tokens", e);
            return new Result.Postponed();
        }
    }

    private Result agreed(String name, OidcSession session, Secret refreshToken) {
        long start = System.nanoTime();
        do {
            var known = known(name, session);
            if (known.isPresent()) {
                return known.get();
            }
            if (nodes.firstUse(name, terms.lease())) {
                // whoever had the lease before may have finished since we looked
                return known(name, session).orElseGet(() -> own(name, session, refreshToken));
            }
        } while (System.nanoTime() - start < terms.lease().toNanos() && waited());
        return new Result.Postponed();
    }

    private Result own(String name, OidcSession session, Secret refreshToken) {
        var result = renewal.attempt(session, refreshToken);
        try {
            nodes.keep(name, sealer.seal(name + END_OF_NAME + text(result)), Refresh.kept(result));
        } catch (SharedStateException e) {
            Failures.note("other nodes do not know of the renewal of a session's tokens", e);
        }
        return result;
    }

    /** Whoever can write to the engine could put the outcome of one token in the place of another's: it says whose it is. */
    private Optional<Result> known(String name, OidcSession session) {
        var beginning = name + END_OF_NAME;
        return nodes.kept(name)
                .flatMap(sealer::open)
                .filter(text -> text.startsWith(beginning))
                .flatMap(text -> result(text.substring(beginning.length()), session));
    }

    private static String text(Result result) {
        if (result instanceof Result.Renewed renewed) {
            return RENEWED
                    + Base64.getEncoder().encodeToString(renewed.session().toBytes());
        }
        return result instanceof Result.Refused ? REFUSED : POSTPONED;
    }

    /** For another node to tell of. A session that this version of the software cannot read is no outcome. */
    private static Optional<Result> result(String text, OidcSession session) {
        if (!text.startsWith(RENEWED)) {
            return Optional.of(text.equals(REFUSED) ? Result.Refused.silently() : new Result.Postponed());
        }
        return OidcSession.fromBytes(Base64.getDecoder().decode(text.substring(RENEWED.length())))
                .map(renewed -> Result.Renewed.silently(session.refreshed(renewed.identity(), renewed.tokens())));
    }

    /** JCache tells nobody that something has changed, so that one has to look. */
    private static boolean waited() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOKS_EVERY.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
