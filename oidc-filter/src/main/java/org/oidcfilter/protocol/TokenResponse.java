// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

/**
 * What the token endpoint hands out (RFC 6749 section 5.1, OpenID Connect Core 3.1.3.3).
 *
 * @param accessToken the access token, of printable ASCII
 * @param tokenType {@code Bearer}, in whatever case the provider writes it
 * @param expiresIn the access token's lifetime, where the provider tells
 * @param refreshToken the refresh token, where there is one
 * @param scope the granted scopes, where the provider tells
 * @param idToken the ID token, not verified yet
 */
public record TokenResponse(
        Secret accessToken,
        String tokenType,
        Optional<Duration> expiresIn,
        Optional<Secret> refreshToken,
        Optional<String> scope,
        Optional<Secret> idToken) {
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Integer.MAX_VALUE);

    /**
     * Reads the body of a successful answer.
     *
     * @throws InvalidResponseException with {@link Reason#PROVIDER_JSON}, {@link Reason#TOKEN_RESPONSE_INVALID} or
     *     {@link Reason#TOKEN_TYPE}
     */
    public static TokenResponse parse(String json) {
        return JsonObject.read(json, Reason.TOKEN_RESPONSE_INVALID, TokenResponse::of);
    }

    /**
     * Reads the body of a successful answer to a refresh. Some providers write what they do not send as an empty string;
     * there it takes nothing away that is not kept.
     *
     * @throws InvalidResponseException as {@link #parse}
     */
    public static TokenResponse parseRefresh(String json) {
        return JsonObject.read(json, Reason.TOKEN_RESPONSE_INVALID, answer -> of(withoutEmpty(answer)));
    }

    private static JsonObject withoutEmpty(JsonObject answer) {
        var members = new HashMap<>(answer.members());
        Stream.of("refresh_token", "id_token").forEach(name -> members.remove(name, ""));
        return new JsonObject(members);
    }

    private static TokenResponse of(JsonObject answer) {
        return new TokenResponse(
                token(answer, "access_token")
                        .orElseThrow(() -> new IllegalArgumentException("\"access_token\" is missing")),
                bearer(answer.requiredString("token_type")),
                answer.number("expires_in").map(TokenResponse::lifetime),
                token(answer, "refresh_token"),
                answer.string("scope"),
                token(answer, "id_token"));
    }

    private static String bearer(String tokenType) {
        if (!tokenType.equalsIgnoreCase("Bearer")) {
            throw new InvalidResponseException(
                    Reason.TOKEN_TYPE, "expected token_type Bearer, got " + Printable.of(tokenType));
        }
        return tokenType;
    }

    /** Printable only (RFC 6749 appendix A.12): tokens are sent on in headers. */
    private static Optional<Secret> token(JsonObject answer, String name) {
        var token = answer.string(name);
        if (token.isPresent() && (token.get().isEmpty() || !Printable.isPrintableAscii(token.get()))) {
            throw new IllegalArgumentException("\"" + name + "\" is not a token");
        }
        return token.map(Secret::of);
    }

    /** Some providers say “forever” with a number that no clock can add. */
    private static Duration lifetime(BigDecimal seconds) {
        if (seconds.signum() < 0) {
            throw new IllegalArgumentException("\"expires_in\" is negative");
        }
        return Duration.ofSeconds(seconds.min(LONGEST).longValue());
    }
}
