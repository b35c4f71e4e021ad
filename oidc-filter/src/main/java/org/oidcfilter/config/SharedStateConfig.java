// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What nodes agree on, and where.
 *
 * @param engine where it is kept
 * @param jcache which JCache engine, where it is one
 * @param timeout how long a request waits for it
 * @param ignoresOutage whether sessions are served while it gives no answer
 */
public record SharedStateConfig(Engine engine, JCache jcache, Duration timeout, boolean ignoresOutage) {
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern CLASS = Pattern.compile("[\\w$]+(\\.[\\w$]+)*");

    /** Where shared state is kept. */
    public enum Engine {
        /** In this node. */
        MEMORY,
        /** In an engine that implements JSR 107. */
        JCACHE
    }

    /**
     * A JCache engine.
     *
     * @param uri its configuration; one without scheme is the name of a resource
     * @param provider the class of its caching provider
     * @param cache how the names of our caches begin
     */
    public record JCache(Optional<URI> uri, Optional<String> provider, String cache) {
        /** Nothing of the configuration's address, which may hold a password. */
        @Override
        public String toString() {
            return "JCache[" + provider.orElse("") + "]";
        }
    }

    static SharedStateConfig read(Settings settings) {
        var engine = settings.defaulted(Setting.SHARED_STATE, ChoiceFormat.of(Engine.class));
        var jcache = new JCache(
                settings.optional(Setting.JCACHE_URI, SharedStateConfig::uri),
                settings.optional(Setting.JCACHE_PROVIDER, matching(CLASS, "must be the name of a class")),
                settings.defaulted(
                        Setting.JCACHE_CACHE, matching(NAME, "must consist of letters, digits, dots, - and _")));
        var ignoresOutage = settings.defaulted(Setting.INSECURE_IGNORE_SHARED_STATE_OUTAGE, BooleanFormat::parse);
        if (engine == Engine.MEMORY) {
            refuse(settings, Setting.JCACHE_URI, Setting.JCACHE_PROVIDER, Setting.JCACHE_CACHE);
        } else if (ignoresOutage) {
            settings.warning("INSECURE: " + Setting.INSECURE_IGNORE_SHARED_STATE_OUTAGE.key()
                    + " is set: while the engine gives no answer, sessions go on that a logout has ended");
        }
        return new SharedStateConfig(
                engine,
                jcache,
                settings.defaulted(Setting.SHARED_STATE_TIMEOUT, DurationFormat.between(SHORTEST, LONGEST)),
                ignoresOutage);
    }

    private static void refuse(Settings settings, Setting... pointless) {
        for (var setting : pointless) {
            if (settings.has(setting)) {
                settings.problem(setting, "has no effect unless " + Setting.SHARED_STATE.key() + " is jcache");
            }
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // not the cause: its message quotes the value
            throw new IllegalArgumentException("must be a URI, or the name of a resource on the class path", null);
        }
    }

    private static Function<String, String> matching(Pattern pattern, String otherwise) {
        return text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException(otherwise);
            }
            return text;
        };
    }
}
