// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** An engine that cannot be reached at first; then it is another one. */
public final class LateProvider implements CachingProvider {
    static final AtomicInteger FAILURES = new AtomicInteger();

    /** For which URI and class loader managers were asked for, in text. */
    static final List<String> OPENED = new CopyOnWriteArrayList<>();

    private final CachingProvider provider =
            Caching.getCachingProvider("com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider");

    /** For JCache. */
    public LateProvider() {}

    @Override
    public CacheManager getCacheManager(
            @Nullable URI uri, @Nullable ClassLoader loader, @Nullable Properties properties) {
        OPENED.add(uri + " " + loader);
        if (FAILURES.getAndDecrement() > 0) {
            throw new CacheException("redis://:the-password@cache");
        }
        return provider.getCacheManager(uri, loader, properties);
    }

    @Override
    public ClassLoader getDefaultClassLoader() {
        return provider.getDefaultClassLoader();
    }

    @Override
    public URI getDefaultURI() {
        return provider.getDefaultURI();
    }

    @Override
    public Properties getDefaultProperties() {
        return provider.getDefaultProperties();
    }

    @Override
    public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader loader) {
        return getCacheManager(uri, loader, null);
    }

    @Override
    public CacheManager getCacheManager() {
        return getCacheManager(null, null, null);
    }

    @Override
    public void close() {}

    @Override
    public void close(@Nullable ClassLoader loader) {}

    @Override
    public void close(@Nullable URI uri, @Nullable ClassLoader loader) {}

    @Override
    public boolean isSupported(OptionalFeature feature) {
        return provider.isSupported(feature);
    }
}
