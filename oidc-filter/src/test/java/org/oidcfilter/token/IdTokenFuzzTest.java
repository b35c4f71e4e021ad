// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;
import static org.oidcfilter.token.SampleToken.CLIENT;
import static org.oidcfilter.token.SampleToken.ISSUER;
import static org.oidcfilter.token.SampleToken.NONCE;
import static org.oidcfilter.token.SampleToken.NOW;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OtherJson;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.Verdict;
import org.oidcfilter.token.IdTokenValidator.Expected;

class IdTokenFuzzTest {
    private static final Set<Reason> REASONS = EnumSet.range(Reason.TOKEN_MALFORMED, Reason.TOKEN_SID);
    private static final long SKEW = 30;
    private static final IdTokenValidator VALIDATOR = new IdTokenValidator(
            KnownKeys.JWKS, KnownKeys.DECRYPTION, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(SKEW));
    private static final Expected EXPECTED = new Expected(
            ISSUER, CLIENT, Set.of(), KnownKeys.ALGORITHMS, NONCE, Optional.empty(), Optional.empty(), List.of());
    private static final Set<String> GENUINE = KnownKeys.genuine();

    @Test
    void theGenuineTokensAreBelieved() {
        for (var token : GENUINE) {
            assertEquals("alice", VALIDATOR.validate(Secret.of(token), EXPECTED).subject());
        }
    }

    /** Two lines are a header and a payload that the provider signs; one is a token, or the header of an encrypted one. */
    @FuzzTest(maxDuration = "10m")
    void believesTheGenuineTokenAndWhatTheProviderSignedByTheRules(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var end = text.indexOf('\n');
        if (end < 0) {
            var token = text.startsWith("{") ? KnownKeys.encrypted(text) : text;
            validated(token).ifPresent(believed -> require(GENUINE.contains(token), "believes what nobody signed"));
        } else {
            var header = text.substring(0, end);
            var payload = text.substring(end + 1);
            validated(KnownKeys.signed(header, payload)).ifPresent(token -> {
                requireHeader(OtherJson.read(header));
                requireClaims(OtherJson.read(payload));
                assertEquals(OtherJson.read(payload), token.claims());
            });
        }
    }

    private static Optional<IdToken> validated(String token) {
        return Verdict.on(() -> VALIDATOR.validate(Secret.of(token), EXPECTED), REASONS);
    }

    private static void requireHeader(Map<String, Object> header) {
        assertEquals("EdDSA", header.get("alg"));
        require(header.getOrDefault("kid", "ed").equals("ed"), "the key of another kid");
        require(!header.containsKey("crit") && !header.containsKey("b64"), "an extension");
        require(
                header.getOrDefault("typ", "JWT").toString().matches("(?i)(?:application/)?jwt"),
                "a token of another type");
    }

    private static void requireClaims(Map<String, Object> claims) {
        assertEquals(ISSUER, claims.get("iss"));
        require(CLIENT.equals(claims.get("aud")) || isOurs(claims.get("aud")), "another audience");
        require(claims.getOrDefault("azp", CLIENT).equals(CLIENT), "another party");
        assertEquals(NONCE.reveal(), claims.get("nonce"));
        require(String.valueOf(claims.get("sub")).matches("(?=.*[^ ])[ -~]{1,255}"), "not a subject");
        require(claims.getOrDefault("sid", "s") instanceof String sid && !sid.isBlank(), "not a session");
        require(!claims.containsKey("events"), "a logout token");
        requireBetween(claims.get("exp"), -SKEW, Long.MAX_VALUE / 2);
        requireBetween(claims.get("iat"), -600 - SKEW, SKEW);
        requireBetween(claims.getOrDefault("nbf", 0), Long.MIN_VALUE / 2, SKEW);
    }

    private static boolean isOurs(@Nullable Object audience) {
        return audience instanceof List<?> list
                && !list.isEmpty()
                && list.stream().allMatch(CLIENT::equals);
    }

    private static void requireBetween(@Nullable Object date, long least, long most) {
        require(date instanceof Number, "not a date");
        var distance = new BigDecimal(String.valueOf(date)).subtract(BigDecimal.valueOf(NOW.getEpochSecond()));
        require(
                distance.compareTo(BigDecimal.valueOf(least)) >= 0 && distance.compareTo(BigDecimal.valueOf(most)) <= 0,
                "a date out of bounds: " + date);
    }
}
