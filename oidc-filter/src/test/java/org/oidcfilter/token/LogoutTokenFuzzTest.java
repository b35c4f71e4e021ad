// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;
import static org.oidcfilter.token.SampleToken.CLIENT;
import static org.oidcfilter.token.SampleToken.EVENT;
import static org.oidcfilter.token.SampleToken.ISSUER;
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
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.LogoutTokenValidator.Expected;

class LogoutTokenFuzzTest {
    private static final Set<Reason> REASONS = reasons();
    private static final long SKEW = 30;
    private static final LogoutTokenValidator VALIDATOR = new LogoutTokenValidator(
            KnownKeys.JWKS, KnownKeys.DECRYPTION, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(SKEW));
    private static final Expected EXPECTED = new Expected(ISSUER, CLIENT, Set.of(), KnownKeys.ALGORITHMS);

    /** The valid sample; whatever else is to be believed has to be signed by the target itself. */
    private static final String GENUINE = KnownKeys.signed(
            "{\"alg\":\"EdDSA\",\"kid\":\"ed\",\"typ\":\"logout+jwt\"}",
            Json.write(SampleToken.validLogout().without("events").claims())
                    .replace("}", ",\"events\":{\"" + EVENT + "\":{}}}"));

    private static Set<Reason> reasons() {
        var reasons = EnumSet.range(Reason.TOKEN_MALFORMED, Reason.TOKEN_SID);
        reasons.addAll(EnumSet.range(Reason.LOGOUT_TOKEN_TARGET, Reason.LOGOUT_TOKEN_JTI));
        return reasons;
    }

    @Test
    void theGenuineTokensAreBelieved() {
        assertEquals("jti-1", VALIDATOR.validate(Secret.of(GENUINE), EXPECTED).jti());
        var encrypted = KnownKeys.encryptedToUs(Secret.of(GENUINE));
        assertEquals("jti-1", VALIDATOR.validate(encrypted, EXPECTED).jti());
    }

    /** Two lines are a header and a payload that the provider signs; one is a token, or the header of an encrypted one. */
    @FuzzTest(maxDuration = "10m")
    void believesTheGenuineTokenAndWhatTheProviderSignedByTheRules(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var end = text.indexOf('\n');
        if (end < 0) {
            var token = text.startsWith("{") ? KnownKeys.encrypted(text) : text;
            validated(token).ifPresent(believed -> require(GENUINE.equals(token), "believes what nobody signed"));
        } else {
            var header = text.substring(0, end);
            var payload = text.substring(end + 1);
            validated(KnownKeys.signed(header, payload)).ifPresent(token -> {
                requireHeader(OtherJson.read(header));
                requireClaims(OtherJson.read(payload));
                requireSame(OtherJson.read(payload), token);
            });
        }
    }

    private static Optional<LogoutToken> validated(String token) {
        return Verdict.on(() -> VALIDATOR.validate(Secret.of(token), EXPECTED), REASONS);
    }

    private static void requireHeader(Map<String, Object> header) {
        assertEquals("EdDSA", header.get("alg"));
        require(header.getOrDefault("kid", "ed").equals("ed"), "the key of another kid");
        require(!header.containsKey("crit") && !header.containsKey("b64"), "an extension");
        require(
                header.getOrDefault("typ", "JWT").toString().matches("(?i)(?:application/)?(?:logout\\+)?jwt"),
                "a token of another type");
    }

    private static void requireClaims(Map<String, Object> claims) {
        assertEquals(ISSUER, claims.get("iss"));
        require(CLIENT.equals(claims.get("aud")) || isOurs(claims.get("aud")), "another audience");
        requireName(claims.get("jti"));
        require(claims.containsKey("sub") || claims.containsKey("sid"), "about nobody");
        requireName(claims.getOrDefault("sub", "s"));
        require(claims.getOrDefault("sid", "s") instanceof String sid && !sid.isBlank(), "not a session");
        require(
                claims.get("events") instanceof Map<?, ?> events && events.get(EVENT) instanceof Map<?, ?>,
                "not a logout");
        require(!claims.containsKey("nonce"), "an ID token");
        requireBetween(claims.get("exp"), -SKEW, Long.MAX_VALUE / 2);
        requireBetween(claims.get("iat"), -600 - SKEW, SKEW);
        requireBetween(claims.getOrDefault("nbf", 0), Long.MIN_VALUE / 2, SKEW);
    }

    private static void requireName(@Nullable Object value) {
        require(
                value instanceof String name && name.matches("(?=.*[^ ])[ -~]{1,255}"),
                "not 1 to 255 printable ASCII characters");
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

    private static void requireSame(Map<String, Object> claims, LogoutToken token) {
        assertEquals(Optional.ofNullable(claims.get("sub")), token.subject());
        assertEquals(Optional.ofNullable(claims.get("sid")), token.sid());
        assertEquals(claims.get("jti"), token.jti());
        assertEquals("LogoutToken", token.toString());
        var end = token.acceptableUntil();
        require(end.isAfter(NOW) && end.isBefore(NOW.plusSeconds(600 + 2 * SKEW + 2)), "remembered for ever: " + end);
    }
}
