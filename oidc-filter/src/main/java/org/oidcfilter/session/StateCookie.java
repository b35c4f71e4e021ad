// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.oidcfilter.Secret;
import org.oidcfilter.SetCookie;
import org.oidcfilter.protocol.Json;

/**
 * One sealed cookie for each time the browser was sent to the provider, so that tabs do not disturb each other, any node
 * can go on, and strangers cost no memory.
 *
 * @param <S> what is remembered
 */
public final class StateCookie<S extends PendingState<S>> {
    private static final int MOST = 4;
    private static final int LARGEST = 2 * 1024;
    private static final int LARGEST_TOGETHER = 3 * 1024;

    /** Of 8 KB that servers take for all headers of a request. */
    private static final int ALL_COOKIES = 7000;

    /** A login without return address always has room. */
    private static final int SMALLEST = 700;

    private static final int HASH_LENGTH = 16;
    private static final Pattern HASH = Pattern.compile("[\\w-]{" + HASH_LENGTH + "}");
    private static final int APPLICATION_LENGTH = 8;
    private static final Duration LOGOUT_LIFETIME = Duration.ofMinutes(10);

    /** Who comes too late can be told so for this long. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final CookieSealer sealer;
    private final String prefix;
    private final Function<Map<String, Object>, S> reader;
    private final Expiry expiry;

    /**
     * Where the cookies of a request belong.
     *
     * @param secure whether the browser uses https
     * @param basePath the path of the application as the browser writes it: {@code /} or such as {@code /shop}
     */
    public record Scope(boolean secure, String basePath) {
        /** The prefix {@code __Host-} demands {@code /} (RFC 6265bis 4.1.3.2). */
        String path() {
            return secure ? "/" : basePath;
        }
    }

    private record Expiry(Duration lifetime, Clock clock) {}

    private record Pending(String name, int size, Instant startedAt) {}

    private StateCookie(CookieSealer sealer, String prefix, Function<Map<String, Object>, S> reader, Expiry expiry) {
        this.sealer = sealer;
        this.prefix = prefix;
        this.reader = reader;
        this.expiry = expiry;
    }

    /**
     * The cookies of logins.
     *
     * @param application tells apart the applications and clients that live on one host
     * @param lifetime how long a login may take
     */
    public static StateCookie<LoginState> forLogins(
            CookieKeys keys, String application, Duration lifetime, Clock clock) {
        return new StateCookie<>(
                new CookieSealer(keys, "login " + application),
                "oidc-" + Fingerprint.of(application, APPLICATION_LENGTH) + "-",
                LoginState::fromJson,
                new Expiry(lifetime, clock));
    }

    /** The cookies of logouts; see {@link #forLogins}. */
    public static StateCookie<LogoutState> forLogouts(CookieKeys keys, String application, Clock clock) {
        return new StateCookie<>(
                new CookieSealer(keys, "logout " + application),
                "oidc-logout-" + Fingerprint.of(application, APPLICATION_LENGTH) + "-",
                LogoutState::fromJson,
                new Expiry(LOGOUT_LIFETIME, clock));
    }

    /**
     * The cookie that remembers {@code state}, and the removal of those that it leaves no room for: at most four remain,
     * of 3 KB together, and less if other cookies of the browser leave less of what servers accept. A return address that is too
     * long loses its query, or gives way to the start page.
     *
     * @param cookies the cookies of the request
     */
    public List<SetCookie> start(S state, Scope scope, List<Entry<String, String>> cookies) {
        var room = room(scope, cookies);
        var started = Stream.of(state.returnTo(), withoutQuery(state.returnTo()))
                .map(returnTo -> cookie(state.returningTo(returnTo), scope))
                .filter(cookie -> size(cookie) <= Math.min(LARGEST, room))
                .findFirst()
                .orElseGet(() -> cookie(state.returningTo(startPage(scope)), scope));
        var changes = new ArrayList<SetCookie>();
        changes.add(started);
        for (var name : withoutRoom(pending(scope, cookies), room - size(started))) {
            changes.add(removal(name, scope));
        }
        return changes;
    }

    /** What was remembered under {@code state}, even if it has {@link #expired}; empty if this browser has no such. */
    public Optional<S> find(Secret state, Scope scope, List<Entry<String, String>> cookies) {
        var name = name(state, scope);
        return cookies.stream()
                .filter(cookie -> cookie.getKey().equals(name))
                .flatMap(cookie -> open(cookie.getValue()).stream())
                .filter(found -> found.state().equals(state))
                .findFirst();
    }

    /** Whether the browser stayed away for too long. */
    public boolean expired(S state) {
        return expiry.clock().instant().isAfter(state.startedAt().plus(expiry.lifetime()));
    }

    /** The removal of the cookie for {@code state}. */
    public SetCookie removal(Secret state, Scope scope) {
        return removal(name(state, scope), scope);
    }

    private SetCookie removal(String name, Scope scope) {
        return new SetCookie(name, "", scope.path(), Duration.ZERO, scope.secure());
    }

    private SetCookie cookie(S state, Scope scope) {
        var value = sealer.seal(Json.write(state.toJson()));
        var maxAge = expiry.lifetime().plus(GRACE);
        return new SetCookie(name(state.state(), scope), value, scope.path(), maxAge, scope.secure());
    }

    private int room(Scope scope, List<Entry<String, String>> cookies) {
        var others = CookieRoom.takenByOthers(cookies, name -> isOurs(name, scope));
        return Math.max(SMALLEST, Math.min(LARGEST_TOGETHER, ALL_COOKIES - others));
    }

    private List<Pending> pending(Scope scope, List<Entry<String, String>> cookies) {
        var ours = new LinkedHashMap<String, List<String>>();
        for (var cookie : cookies) {
            if (isOurs(cookie.getKey(), scope)) {
                ours.computeIfAbsent(cookie.getKey(), name -> new ArrayList<>()).add(cookie.getValue());
            }
        }
        var pending = new ArrayList<Pending>();
        ours.forEach((name, values) -> pending.add(pending(name, values)));
        return pending;
    }

    /** A browser may send several cookies of one name, of different paths. */
    private Pending pending(String name, List<String> values) {
        var size = values.stream()
                .mapToInt(value -> name.length() + value.length())
                .sum();
        var startedAt = values.stream()
                .flatMap(value -> open(value).stream())
                .map(PendingState::startedAt)
                .max(Comparator.naturalOrder());
        return new Pending(name, size, startedAt.orElse(Instant.MIN));
    }

    /** The names of those that have to go, the unreadable ones first, then the oldest. */
    private static List<String> withoutRoom(List<Pending> pending, int room) {
        if (pending.isEmpty()) {
            return List.of();
        }
        var newestFirst = pending.stream()
                .sorted(Comparator.comparing(Pending::startedAt).reversed())
                .toList();
        var kept = 0;
        var left = room;
        while (kept < newestFirst.size()
                && kept < MOST - 1
                && newestFirst.get(kept).size() <= left) {
            left -= newestFirst.get(kept).size();
            kept++;
        }
        return newestFirst.stream().skip(kept).map(Pending::name).toList();
    }

    private Optional<S> open(String value) {
        return sealer.open(value).flatMap(this::read);
    }

    private Optional<S> read(String json) {
        try {
            return Optional.of(reader.apply(Json.parse(json)));
        } catch (IllegalArgumentException e) {
            // Sealed by another version of this software.
            return Optional.empty();
        }
    }

    private String name(Secret state, Scope scope) {
        var hash = Base64.getUrlEncoder().encodeToString(Fingerprint.sha256(state.reveal()));
        return prefix(scope) + hash.substring(0, HASH_LENGTH);
    }

    private boolean isOurs(String name, Scope scope) {
        var start = prefix(scope);
        return name.startsWith(start)
                && HASH.matcher(name).region(start.length(), name.length()).matches();
    }

    private String prefix(Scope scope) {
        return scope.secure() ? "__Host-" + prefix : prefix;
    }

    private static String startPage(Scope scope) {
        return scope.basePath().endsWith("/") ? scope.basePath() : scope.basePath() + "/";
    }

    private static String withoutQuery(String returnTo) {
        var query = returnTo.indexOf('?');
        return query < 0 ? returnTo : returnTo.substring(0, query);
    }

    private static int size(SetCookie cookie) {
        return cookie.name().length() + cookie.value().length();
    }
}
