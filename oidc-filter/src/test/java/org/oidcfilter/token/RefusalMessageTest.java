// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.token.SampleToken.CLIENT;
import static org.oidcfilter.token.SampleToken.ISSUER;
import static org.oidcfilter.token.SampleToken.KEY;
import static org.oidcfilter.token.SampleToken.NONCE;
import static org.oidcfilter.token.SampleToken.NOW;
import static org.oidcfilter.token.SampleToken.now;
import static org.oidcfilter.token.SampleToken.valid;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Secret;
import org.oidcfilter.token.IdTokenValidator.Expected;

/** What an operator reads about a token that was refused: the rule that was broken, and nothing of the token's secrets. */
class RefusalMessageTest {
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final Expected STRICT = new Expected(
            ISSUER,
            CLIENT,
            Set.of("c3"),
            Set.of("RS256"),
            NONCE,
            Optional.of(Secret.of("the access token")),
            Optional.of(Duration.ofMinutes(5)),
            List.of("gold"));
    private static final SampleToken TOKEN = valid().with("acr", "gold").with("auth_time", now(-60));

    private final IdTokenValidator validator = new IdTokenValidator(KEY.alone(), Decryption.NONE, CLOCK, SKEW);

    private static String message(Executable reading) {
        return String.valueOf(
                assertThrows(InvalidResponseException.class, reading).getMessage());
    }

    private void says(String expected, Secret token) {
        var message = message(() -> validator.validate(token, STRICT));
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains(NONCE.reveal()) || message.contains("alice"), message);
    }

    @Test
    void theSampleBreaksNoRule() {
        assertEquals("alice", validator.validate(TOKEN.signed(), STRICT).subject());
    }

    @Test
    void namesTheClaimAndWhatIsWrongWithIt() {
        says("got https://evil.test", TOKEN.with("iss", "https://evil.test").signed());
        says("aud to name c1, got 1 other name(s)", TOKEN.with("aud", "c2").signed());
        says(
                "aud to name c1 only, got others as well",
                TOKEN.with("aud", List.of(CLIENT, "c2")).signed());
        says("azp is missing", TOKEN.with("aud", List.of(CLIENT, "c3")).signed());
        says("azp to be c1, got another client", TOKEN.with("azp", "c2").signed());
        says("nonce is not that of this login", TOKEN.with("nonce", "x").signed());
        says("acr to be one of [gold], got iron", TOKEN.with("acr", "iron").signed());
        says("sub is not 1 to 255", TOKEN.with("sub", " ").signed());
        says("events are for logout tokens", TOKEN.with("events", Map.of()).signed());
        says("at_hash does not fit", TOKEN.with("at_hash", "AAAA").signed());
    }

    @Test
    void namesTheTimesOfBothClocks() {
        says("expired at 2026-11-21T11:59:00Z (our clock: 2026-11-21T12:00:00Z, tolerance 30 s)", expired());
        says(
                "issued in the future, at 2026-11-21T12:01:00Z (our",
                TOKEN.with("iat", now(60)).signed());
        says(
                "issued too long ago, at 2026-11-21T11:00:00Z (our",
                TOKEN.with("iat", now(-3600)).signed());
        says(
                "valid only from 2026-11-21T12:01:00Z (our",
                TOKEN.with("nbf", now(60)).signed());
        says(
                "authenticated at 2026-11-21T11:00:00Z",
                TOKEN.with("auth_time", now(-3600)).signed());
    }

    private static Secret expired() {
        return TOKEN.with("exp", now(-60)).signed();
    }

    @Test
    void saysWhenASignedUserInfoResponseHasExpired() {
        var userInfo = new UserInfoJwtValidator(KEY.alone(), Decryption.NONE, CLOCK, SKEW);
        var expected = new UserInfoJwtValidator.Expected(ISSUER, CLIENT, Set.of(), Set.of("RS256"), false);
        assertEquals(
                "expired at 2026-11-21T11:59:00Z (our clock: 2026-11-21T12:00:00Z)",
                message(() -> userInfo.validate(expired(), expected)));
    }

    @Test
    void saysWhichAlgorithmAndTypeCame() {
        says("to be one of [RS256], got ES256", TOKEN.withHeader("alg", "ES256").signed());
        says("to be one of [RS256], got no string", TOKEN.withHeader("alg", 7).signed());
        says("got at+jwt", TOKEN.withHeader("typ", "at+jwt").signed());
    }

    @Test
    void saysHowManyKeysFit() {
        says(
                "no key for RS256 and the token's kid",
                TOKEN.withHeader("kid", "k2").signed());
        var none = new IdTokenValidator((algorithm, kid) -> List.of(), Decryption.NONE, CLOCK, SKEW);
        var key = KEY.pair().getPublic();
        var two = new IdTokenValidator((algorithm, kid) -> List.of(key, key), Decryption.NONE, CLOCK, SKEW);
        var token = TOKEN.withoutHeader("kid").signed();
        assertEquals(
                "the provider publishes no key for RS256 (the token has no kid)",
                message(() -> none.validate(token, STRICT)));
        assertEquals(
                "the provider publishes 2 keys for RS256 (the token has no kid), so none can be chosen",
                message(() -> two.validate(token, STRICT)));
    }

    @Test
    void saysWhatIsNoSignedToken() {
        says("it is encrypted, and there is nothing to decrypt it with", Secret.of("a.b.c.d.e"));
        says("a signed JWT has three parts", Secret.of("a.b.c.d"));
        says("more than 65536 characters", Secret.of("a".repeat(65537)));
        says("a signed JWT has three parts", Secret.of("a".repeat(65536)));
    }
}
