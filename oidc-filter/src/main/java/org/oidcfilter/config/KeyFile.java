// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.oidcfilter.Secret;

/**
 * Secrets in a file, one a line, that an operator may change while the application runs. A change counts within a quarter
 * of a minute. A file that is gone or wrong leaves the secrets as they were, and the log says so: a slip of the editor must
 * not log everybody out.
 */
public final class KeyFile implements Supplier<List<Secret>> {
    static final Duration PAUSE = Duration.ofSeconds(15);
    private static final Logger LOG = System.getLogger("org.oidcfilter");
    private static final int SHORTEST = 32;

    private final Path file;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Known known;

    /**
     * @param content what the file held when it was looked at last, right or wrong
     * @param checkedAt when that was
     */
    private record Known(List<Secret> keys, Secret content, Instant checkedAt) {}

    /** @param keys what the file holds now, as far as known */
    public KeyFile(Path file, List<Secret> keys, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.known = new Known(keys, Secret.of(""), clock.instant().minus(PAUSE));
    }

    /** The secrets; the same list for as long as nothing changes. */
    @Override
    public List<Secret> get() {
        var now = clock.instant();
        if (!now.isBefore(known.checkedAt().plus(PAUSE)) && looking.compareAndSet(false, true)) {
            try {
                known = looked(known, now);
            } finally {
                looking.set(false);
            }
        }
        return known.keys();
    }

    private Known looked(Known before, Instant now) {
        var content = before.content();
        try {
            content = SecretFile.content(file.toString());
            return new Known(content.equals(before.content()) ? before.keys() : changed(before, content), content, now);
        } catch (IllegalArgumentException e) {
            LOG.log(
                    Level.WARNING,
                    "the cookie keys stay as they are: " + Setting.COOKIE_KEYS_FILE.key() + " " + e.getMessage());
            return new Known(before.keys(), content, now);
        }
    }

    private static List<Secret> changed(Known before, Secret content) {
        var keys = keys(content);
        if (keys.equals(before.keys())) {
            return before.keys();
        }
        LOG.log(Level.INFO, "the cookie keys have changed; there are " + keys.size() + " now");
        return keys;
    }

    /** What a file holds at the start. */
    static List<Secret> read(String file) {
        return keys(SecretFile.content(file));
    }

    /** @throws IllegalArgumentException if it is too short to protect anything */
    static Secret key(String text) {
        if (text.length() < SHORTEST) {
            throw new IllegalArgumentException("must be secrets of at least " + SHORTEST + " characters each");
        }
        return Secret.of(text);
    }

    private static List<Secret> keys(Secret content) {
        return content.reveal()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(KeyFile::key)
                .toList();
    }
}
