// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.rp.Renewal.Result;

/**
 * Keeps the tokens of a session fresh: renews them before they expire, and once, however many requests come at the same
 * time, for a provider that rotates refresh tokens takes a second use for theft.
 *
 * <p>What comes back is written only onto the session that still has the old refresh token. A session that has ended
 * meanwhile stays ended, whoever holds the answer.
 */
final class Refresh {
    /** How long the outcome serves requests that saw the session before it; and the pause after a failure. */
    private static final Duration KEPT = Duration.ofSeconds(10);

    /** Longer than the provider may take. */
    private static final Duration LONGEST_FLIGHT = Duration.ofMinutes(5);

    private final Renewal renewal;
    private final Policy policy;
    private final Clock clock;
    private final Cache<Secret, Flight> flights;

    /**
     * What holds for every session.
     *
     * @param patience how long a request waits for a renewal that another one has begun
     * @param endsSession whether a refusal ends the session
     */
    record Policy(Duration patience, boolean endsSession) {}

    private record Flight(CompletableFuture<Result> result, Duration keep) {}

    Refresh(Renewal renewal, Policy policy, Clock clock) {
        this.renewal = renewal;
        this.policy = policy;
        this.clock = clock;
        this.flights = Caffeine.newBuilder()
                .expireAfter(Expiry.writing((Secret refreshToken, Flight flight) -> flight.keep()))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /**
     * The session with tokens as fresh as can be had; that of a later login of the same caller, if there is one by now.
     *
     * @return empty if the session has ended
     */
    Optional<OidcSession> fresh(SessionHandle handle, OidcSession session) {
        if (!due(session)) {
            return Optional.of(session);
        }
        // another request may have renewed them since this one looked
        var newest = handle.load().filter(session::sameCallerAs);
        return newest.flatMap(stored -> due(stored) ? renewed(handle, stored) : newest);
    }

    private boolean due(OidcSession session) {
        return session.tokens()
                .validity()
                .refreshAt()
                .map(at -> !clock.instant().isBefore(at))
                .orElse(false);
    }

    private Optional<OidcSession> renewed(SessionHandle handle, OidcSession session) {
        var refreshToken = session.tokens().refreshToken().orElseThrow();
        var own = new Flight(new CompletableFuture<>(), LONGEST_FLIGHT);
        var other = flights.asMap().putIfAbsent(refreshToken, own);
        if (other == null) {
            var result = lead(session, refreshToken, own);
            var after = applied(handle, session, result);
            if (result instanceof Result.Renewed renewed
                    && !after.filter(session::sameLoginAs).isPresent()) {
                renewal.discard(renewed.session().tokens());
            }
            return after;
        }
        if (!other.result().isDone() && usable(session)) {
            return Optional.of(session);
        }
        return applied(handle, session, awaited(other));
    }

    private Result lead(OidcSession session, Secret refreshToken, Flight own) {
        Result result = new Result.Postponed(late());
        try {
            result = renewal.attempt(session, refreshToken);
            return result;
        } finally {
            flights.put(refreshToken, new Flight(CompletableFuture.completedFuture(result), KEPT));
            own.result().complete(result);
        }
    }

    private Result awaited(Flight flight) {
        try {
            return flight.result().get(policy.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Postponed(late());
        } catch (ExecutionException | TimeoutException e) {
            return new Result.Postponed(late());
        }
    }

    private static ProviderUnavailableException late() {
        return new ProviderUnavailableException(
                Reason.PROVIDER_UNREACHABLE, "another request waits for new tokens still", KEPT, null);
    }

    /** Makes of a result what it means for the session that is stored now. */
    private Optional<OidcSession> applied(SessionHandle handle, OidcSession session, Result result) {
        if (result instanceof Result.Postponed) {
            return handle.load().filter(session::sameCallerAs); // it may have ended while we waited
        }
        return handle.update(stored -> hasTokensOf(stored, session) ? next(stored, result) : Optional.of(stored))
                .filter(session::sameCallerAs);
    }

    private Optional<OidcSession> next(OidcSession stored, Result result) {
        if (result instanceof Result.Renewed renewed) {
            var fresh = renewed.session();
            return Optional.of(stored.refreshed(fresh.identity(), fresh.tokens()));
        }
        return policy.endsSession() ? Optional.empty() : Optional.of(stored.withoutRefresh());
    }

    private static boolean hasTokensOf(OidcSession stored, OidcSession session) {
        return stored.sameLoginAs(session)
                && stored.tokens().refreshToken().equals(session.tokens().refreshToken());
    }

    /** Whether the access token is good for a while yet, so that there is no need to wait. */
    private boolean usable(OidcSession session) {
        return session.tokens()
                .validity()
                .accessTokenExpiresAt()
                .map(end -> clock.instant().isBefore(end))
                .orElse(true);
    }
}
