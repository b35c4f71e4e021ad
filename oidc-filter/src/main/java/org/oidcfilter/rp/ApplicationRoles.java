// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.RoleMapper;
import org.oidcfilter.RoleMapper.EndUser;
import org.oidcfilter.RoleMapperException;
import org.oidcfilter.config.ApplicationClass;
import org.oidcfilter.config.RoleName;

/**
 * Asks the application's own {@link RoleMapper}, and holds it to its contract. It is asked in a thread of its own: a login and
 * a renewal are then the same to it, and whatever it does, there is an answer or an exception in a time that is known.
 */
final class ApplicationRoles implements AutoCloseable {
    /** As many as may wait for the provider. One that never answers stays among them. */
    private static final int MOST_ASKING = 50;

    private final RoleMapper mapper;
    private final ClassLoader loader;
    private final Duration patience;
    private final Semaphore asking = new Semaphore(MOST_ASKING);
    private final ExecutorService threads = Executors.newCachedThreadPool(ApplicationRoles::thread);

    /** @param patience how long an answer may take */
    ApplicationRoles(ApplicationClass<RoleMapper> type, Duration patience) {
        this.mapper = type.make();
        this.loader = type.loader();
        this.patience = patience;
    }

    /** @throws RoleMapperException if there is no answer */
    Set<String> of(EndUser user) {
        var answer = new FutureTask<>(() -> answer(user));
        begin(answer);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).orElseThrow(() -> failed("returned null"));
        } catch (ExecutionException e) {
            throw failed("failed: " + described(e.getCause()));
        } catch (TimeoutException e) {
            throw failed("gave no answer within " + patience.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was not waited for any longer");
        } finally {
            answer.cancel(true);
        }
    }

    /** Interrupts those that are still asked, and closes the mapper, if it can be closed. */
    @Override
    public void close() {
        threads.shutdownNow();
        ApplicationFailure.close(mapper);
    }

    /** Whatever keeps it from being asked is an exception of ours: another one would take new refresh tokens with it. */
    private void begin(FutureTask<?> answer) {
        if (!asking.tryAcquire()) {
            throw failed("is still being asked by " + MOST_ASKING + " others");
        }
        try {
            threads.execute(() -> run(answer));
        } catch (RuntimeException | Error e) {
            asking.release();
            throw failed("could not be asked: " + described(e));
        }
    }

    private void run(FutureTask<?> answer) {
        try {
            Thread.currentThread().setContextClassLoader(loader);
            answer.run();
        } finally {
            asking.release();
        }
    }

    /** Code that knows nothing of our annotations may return anything. */
    private Optional<Set<String>> answer(EndUser user) {
        return Optional.ofNullable(mapper.roles(user)).map(ApplicationRoles::valid);
    }

    private static Set<String> valid(Set<String> roles) {
        return roles.stream().filter(RoleName::isValid).collect(Collectors.toUnmodifiableSet());
    }

    private RoleMapperException failed(String how) {
        return new RoleMapperException(mapper.getClass().getName() + " " + how);
    }

    private String described(@Nullable Throwable failure) {
        return ApplicationFailure.described(failure, mapper.getClass());
    }

    /** Nothing of the request in which it happens to be made is passed on to it. */
    private static Thread thread(Runnable task) {
        var thread = new Thread(null, task, "oidc-roles", 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
