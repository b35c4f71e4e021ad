// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How tokens are kept fresh, and where they may go.
 *
 * @param enabled whether they are renewed at all
 * @param ahead how long before their end
 * @param endsSession whether a session ends when the provider refuses to renew its tokens
 * @param apiOrigins the origins that access tokens may be sent to
 */
public record RefreshConfig(boolean enabled, Duration ahead, boolean endsSession, List<URI> apiOrigins) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public RefreshConfig {
        apiOrigins = List.copyOf(apiOrigins);
    }

    static RefreshConfig read(Settings settings) {
        return new RefreshConfig(
                settings.defaulted(Setting.REFRESH, BooleanFormat::parse),
                settings.defaulted(Setting.REFRESH_AHEAD, DurationFormat.between(Duration.ZERO, LONGEST)),
                settings.defaulted(Setting.SESSION_ENDS_WHEN_REFRESH_FAILS, BooleanFormat::parse),
                settings.optional(Setting.API_ORIGINS, ListFormat.of(WebAddress::origin))
                        .orElse(List.of()));
    }
}
