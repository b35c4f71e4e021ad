// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.session.JCacheSharedState.Caches;

/**
 * The JCache engine of this application. It is opened in the background, and again if that fails: an engine that is away when
 * the application starts is no reason not to start.
 *
 * <p>What it opens belongs to a class loader of its own, and so is shared with nobody: closing it takes nothing from the
 * application, which may use the same engine.
 */
final class JCacheEngine implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.oidcfilter");
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final CachingProvider provider;
    private final Optional<URI> uri;
    private final JCacheOptions options;
    private final ClassLoader loader;
    private final ExecutorService threads;
    private CompletableFuture<Opened> opening = CompletableFuture.failedFuture(new IllegalStateException());
    private long notBefore = System.nanoTime();

    private record Opened(CacheManager manager, Caches caches) {}

    /** Loads nothing itself; tells what is ours from what the application has opened. */
    private static final class OwnLoader extends ClassLoader {
        OwnLoader(@Nullable ClassLoader parent) {
            super(parent);
        }

        /** The same on every node: there are engines that make it a part of the names of caches. */
        @Override
        public String toString() {
            return "org.oidcfilter";
        }
    }

    private JCacheEngine(CachingProvider provider, JCacheOptions options, ClassLoader loader) {
        this.provider = provider;
        this.uri = options.uri().map(known -> located(known, loader));
        this.options = options;
        this.loader = loader;
        this.threads = Executors.newCachedThreadPool(new SharedStateThreads("oidc-jcache-", loader));
    }

    /**
     * Finds the engine, and does not open it.
     *
     * @throws ConfigurationException if there is none, or several and none is named, or no such configuration
     */
    static JCacheEngine find(JCacheOptions options) {
        var loader = new OwnLoader(Thread.currentThread().getContextClassLoader());
        return new JCacheEngine(provider(options, loader), options, loader);
    }

    private static CachingProvider provider(JCacheOptions options, ClassLoader loader) {
        try {
            return options.provider().isPresent()
                    ? Caching.getCachingProvider(options.provider().get(), loader)
                    : Caching.getCachingProvider(loader);
        } catch (CacheException e) {
            throw new ConfigurationException(List.of(options.provider()
                    .map(name -> "oidc.jcache-provider: there is no caching provider " + name + " on the class path")
                    .orElse("oidc.shared-state is jcache, but there is no JCache engine on the class path, or there are"
                            + " several: add one to WEB-INF/lib, or name one in oidc.jcache-provider")));
        }
    }

    private static URI located(URI uri, ClassLoader loader) {
        if (uri.isAbsolute()) {
            return uri;
        }
        var resource = loader.getResource(uri.getPath());
        try {
            if (resource != null) {
                return resource.toURI();
            }
        } catch (URISyntaxException e) {
            // as if it were not there
        }
        throw new ConfigurationException(
                List.of("oidc.jcache-uri: there is no such resource on the class path; a file is named by file:/…"));
    }

    /** Makes threads that see its classes. */
    ThreadFactory threads() {
        return new SharedStateThreads("oidc-shared-state-", loader);
    }

    /**
     * The caches.
     *
     * @throws SharedStateException while it is not open; another attempt has begun then
     */
    Caches caches() {
        var attempt = attempt();
        if (!attempt.isDone() || attempt.isCompletedExceptionally()) {
            throw new SharedStateException("the engine could not be opened yet" + whyNot(), PAUSE, null);
        }
        return attempt.join().caches();
    }

    /** Opens it now, and waits for that; whether it is open. */
    boolean open(Duration patience) {
        try {
            attempt().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized CompletableFuture<Opened> attempt() {
        if (opening.isCompletedExceptionally() && System.nanoTime() - notBefore >= 0 && !threads.isShutdown()) {
            var attempt = new CompletableFuture<Opened>();
            opening = attempt;
            threads.execute(() -> open(attempt));
        }
        return opening;
    }

    private void open(CompletableFuture<Opened> attempt) {
        try {
            var manager = provider.getCacheManager(
                    uri.orElseGet(provider::getDefaultURI), loader, provider.getDefaultProperties());
            attempt.complete(new Opened(manager, caches(manager)));
            if (threads.isShutdown()) {
                manager.close(); // it came too late
            }
        } catch (Throwable e) {
            pause();
            attempt.completeExceptionally(e);
        }
    }

    private synchronized void pause() {
        notBefore = System.nanoTime() + PAUSE.toNanos();
    }

    private Caches caches(CacheManager manager) {
        try {
            return new Caches(
                    cache(manager, options.cache() + "-marks", options.marksLifetime()),
                    cache(manager, options.cache() + "-uses", options.usesLifetime()));
        } catch (RuntimeException | Error e) {
            manager.close();
            throw e;
        }
    }

    /** The one that the engine's configuration or another node has defined, else a new one. */
    private static Cache<String, String> cache(CacheManager manager, String name, Duration lifetime) {
        Cache<String, String> defined = manager.getCache(name);
        if (defined != null) {
            return defined;
        }
        var expiry = new javax.cache.expiry.Duration(TimeUnit.SECONDS, lifetime.toSeconds());
        try {
            Cache<String, String> created = manager.createCache(
                    name,
                    new MutableConfiguration<String, String>()
                            .setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(expiry)));
            LOG.log(
                    Level.INFO,
                    () -> "Created the cache " + name
                            + ", which the configuration of the JCache engine does not define;"
                            + " see that the engine shares such caches between nodes");
            return created;
        } catch (CacheException e) {
            Cache<String, String> definedMeanwhile = manager.getCache(name);
            if (definedMeanwhile == null) {
                throw e;
            }
            return definedMeanwhile;
        }
    }

    /** Why it could not be opened, in the kinds of exceptions: their messages could hold anything. */
    synchronized String whyNot() {
        return opening.isCompletedExceptionally()
                ? opening.handle((opened, failure) -> ": " + BoundedSharedState.kinds(failure))
                        .join()
                : "";
    }

    /** What the operator knows it by. */
    @Override
    public String toString() {
        return "the JCache engine " + provider.getClass().getName();
    }

    /** Closes what was opened; an engine that is away may not take for ever over it. */
    @Override
    public void close() {
        if (threads.isShutdown()) {
            return;
        }
        var closing = CompletableFuture.runAsync(this::closeManager, threads);
        threads.shutdown();
        try {
            closing.get(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // it is not needed any more
        } finally {
            threads.shutdownNow();
        }
    }

    private void closeManager() {
        CompletableFuture<Opened> last;
        synchronized (this) {
            last = opening;
        }
        last.join().manager().close();
    }
}
