// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;
import static org.oidcfilter.token.SampleToken.CLIENT;
import static org.oidcfilter.token.SampleToken.ISSUER;
import static org.oidcfilter.token.SampleToken.NOW;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.OtherJson;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.Verdict;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.UserInfoResponse;
import org.oidcfilter.token.UserInfoJwtValidator.Expected;

class UserInfoFuzzTest {
    private static final Set<Reason> PLAIN =
            Set.of(Reason.PROVIDER_JSON, Reason.USERINFO_INVALID, Reason.USERINFO_SUBJECT);
    private static final Set<Reason> SIGNED = EnumSet.range(Reason.TOKEN_MALFORMED, Reason.TOKEN_EVENTS);
    private static final long SKEW = 30;
    private static final UserInfoJwtValidator VALIDATOR = new UserInfoJwtValidator(
            KnownKeys.JWKS, KnownKeys.DECRYPTION, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(SKEW));
    private static final Expected EXPECTED = new Expected(ISSUER, CLIENT, Set.of(), KnownKeys.ALGORITHMS, false);
    private static final Set<String> GENUINE = KnownKeys.genuine();

    @FuzzTest(maxDuration = "10m")
    void plainClaimsAreAboutTheExpectedSubject(byte[] bytes) {
        read(new String(bytes, StandardCharsets.UTF_8));
    }

    private static void read(String json) {
        Verdict.on(() -> UserInfoResponse.parse(json, "alice"), PLAIN).ifPresent(response -> {
            assertEquals("alice", OtherJson.read(json).get("sub"));
            assertEquals(OtherJson.read(json), response.claims());
            assertEquals(json, response.json());
        });
    }

    /** Two lines are a header and a payload that the provider signs; one is a token, or the header of an encrypted one. */
    @FuzzTest(maxDuration = "10m")
    void signedClaimsAreWhatTheProviderSignedForUs(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var end = text.indexOf('\n');
        if (end < 0) {
            var token = text.startsWith("{") ? KnownKeys.encrypted(text) : text;
            validated(token).ifPresent(believed -> require(GENUINE.contains(token), "believes what nobody signed"));
        } else {
            var payload = text.substring(end + 1);
            validated(KnownKeys.signed(text.substring(0, end), payload)).ifPresent(claims -> {
                requireForUs(OtherJson.read(payload));
                assertEquals(OtherJson.read(payload), Json.parse(claims));
                read(claims);
            });
        }
    }

    private static Optional<String> validated(String token) {
        return Verdict.on(() -> VALIDATOR.validate(Secret.of(token), EXPECTED), SIGNED);
    }

    private static void requireForUs(Map<String, Object> claims) {
        assertEquals(ISSUER, claims.getOrDefault("iss", ISSUER));
        var audience = claims.getOrDefault("aud", CLIENT);
        require(
                audience.equals(CLIENT)
                        || (audience instanceof List<?> list && List.of(CLIENT).containsAll(list) && !list.isEmpty()),
                "another audience");
        var exp = claims.getOrDefault("exp", NOW.getEpochSecond());
        require(exp instanceof Number number && number.doubleValue() > NOW.getEpochSecond() - SKEW, "expired");
    }
}
