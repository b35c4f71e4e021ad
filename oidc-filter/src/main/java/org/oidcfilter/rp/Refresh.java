// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.oidcfilter.OidcEvent.LogoutCause;
import org.oidcfilter.OidcSession;
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
    /** How long the outcome serves requests that saw the session before it. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    /** As many requests may wait as for answers of their own. */
    private static final int MOST_WAITING = 50;

    /** Longer than the provider and the application's mapper of roles may take. */
    private static final Duration LONGEST_FLIGHT = Duration.ofMinutes(5);

    private final Way way;
    private final Policy policy;
    private final Consumer<Runnable> background;
    private final Clock clock;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Cache<Secret, Flight> flights;

    /**
     * What holds for every session.
     *
     * @param patience how long a request waits for a renewal that another one has begun
     * @param endsSession whether a refusal ends the session
     */
    record Policy(Duration patience, boolean endsSession) {}

    /**
     * How it is done.
     *
     * @param renewal redeems the refresh token of a session
     * @param discard is given a session that had ended when its new tokens came
     * @param events tells of what has become of a session
     */
    record Way(BiFunction<OidcSession, Secret, Result> renewal, Consumer<OidcSession> discard, Events events) {}

    private record Flight(CompletableFuture<Result> result, Duration keep) {}

    /** @param background runs what must not end with a request */
    Refresh(Way way, Policy policy, Consumer<Runnable> background, Clock clock) {
        this.way = way;
        this.policy = policy;
        this.background = background;
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

    /** Whether this request or another one is about to get new tokens for the session, as far as the provider can be reached. */
    boolean isAboutToReplace(OidcSession session) {
        var flight = session.tokens().refreshToken().map(flights::getIfPresent);
        var inVain = flight.isPresent()
                && flight.get().result().isDone()
                && flight.get().result().join() instanceof Result.Postponed;
        return due(session) && !inVain;
    }

    /** For tokens that came for a session that had ended. */
    void discard(OidcSession session) {
        way.discard().accept(session);
    }

    private boolean due(OidcSession session) {
        return due(session, clock.instant());
    }

    /** Whether the tokens are to be renewed at {@code now}. */
    boolean due(OidcSession session, Instant now) {
        var at = session.tokens().validity().refreshAt();
        return at.isPresent() && !now.isBefore(at.get());
    }

    private Optional<OidcSession> renewed(SessionHandle handle, OidcSession session) {
        var refreshToken = session.tokens().refreshToken().orElseThrow();
        var own = new Flight(new CompletableFuture<>(), LONGEST_FLIGHT);
        var other = flights.asMap().putIfAbsent(refreshToken, own);
        if (other == null) {
            begin(session, refreshToken, own);
            return applied(handle, session, awaited(own));
        }
        if (!other.result().isDone() && usable(session)) {
            return Optional.of(session);
        }
        return applied(handle, session, awaited(other));
    }

    /** In a thread of its own: a request that is given up must not take a rotated refresh token with it. */
    private void begin(OidcSession session, Secret refreshToken, Flight own) {
        background.accept(() -> {
            Result result = new Result.Postponed();
            try {
                result = way.renewal().apply(session, refreshToken);
            } finally {
                flights.put(refreshToken, new Flight(CompletableFuture.completedFuture(result), kept(result)));
                own.result().complete(result);
            }
        });
    }

    /** How long {@code result} is what others get. */
    static Duration kept(Result result) {
        return result instanceof Result.Renewed ? KEPT : Renewal.PAUSE;
    }

    private Result awaited(Flight flight) {
        if (flight.result().isDone()) {
            return flight.result().join();
        }
        if (!waiting.tryAcquire()) {
            return new Result.Postponed();
        }
        try {
            return flight.result().get(policy.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Postponed();
        } catch (ExecutionException | TimeoutException e) {
            return new Result.Postponed();
        } finally {
            waiting.release();
        }
    }

    /** Makes of a result what it means for the session that is stored now. */
    private Optional<OidcSession> applied(SessionHandle handle, OidcSession session, Result result) {
        if (result instanceof Result.Postponed) {
            return handle.load().filter(session::sameCallerAs); // it may have ended while we waited
        }
        var changed = new AtomicBoolean();
        var after = handle.update(stored -> {
                    changed.set(hasTokensOf(stored, session));
                    return changed.get() ? next(stored, result) : Optional.of(stored);
                })
                .filter(session::sameCallerAs);
        if (changed.get()) {
            tell(result, session, after);
        }
        if (after.isEmpty()
                && result instanceof Result.Renewed renewed
                && renewed.discarded().compareAndSet(false, true)) {
            discard(renewed.session());
        }
        return after;
    }

    /** Where sessions are in cookies each request has a copy to change: one of them tells. */
    private void tell(Result result, OidcSession before, Optional<OidcSession> after) {
        if (result instanceof Result.Renewed renewed
                && after.isPresent()
                && renewed.told().compareAndSet(false, true)) {
            way.events().refreshed(after.get());
        } else if (result instanceof Result.Refused refused
                && after.isEmpty()
                && refused.told().compareAndSet(false, true)) {
            way.events().loggedOut(before, LogoutCause.REFRESH_REFUSED, false);
        }
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
