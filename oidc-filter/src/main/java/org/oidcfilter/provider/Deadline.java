// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;

/**
 * When somebody must have stopped waiting for the provider.
 *
 * @param end in the time of {@link System#nanoTime}, which no operator sets back
 */
record Deadline(long end) {
    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    /** Zero when it has passed. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Half as far away: for what is not worth all the time that is left. */
    Deadline half() {
        return in(remaining().dividedBy(2));
    }

    /** Waits for {@code event}, but not longer; whether it has happened. */
    boolean await(CompletableFuture<Void> event) {
        try {
            event.get(remaining().toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an event that cannot fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderUnavailableException(
                    Reason.PROVIDER_UNREACHABLE,
                    "interrupted while waiting for the provider",
                    Duration.ofSeconds(1),
                    e);
        }
    }
}
