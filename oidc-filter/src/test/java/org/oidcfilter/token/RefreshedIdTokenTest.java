// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.token.IdTokenValidator.Refreshed;

/** The rules about the ID token of a refresh, in the order of OpenID Connect Core 12.2. */
class RefreshedIdTokenTest {
    private static final int SKEW = 30;
    private static final Secret ACCESS_TOKEN = Secret.of("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    private static final SampleToken BEFORE = valid().with("iat", now(-3600))
            .with("exp", now(-3000))
            .with("sid", "s1")
            .with("auth_time", now(-3600));

    private final AtomicInteger keyLookups = new AtomicInteger();
    private final IdTokenValidator validator = new IdTokenValidator(
            (algorithm, kid) -> {
                keyLookups.incrementAndGet();
                return KEY.alone().find(algorithm, kid);
            },
            Decryption.NONE,
            Clock.fixed(NOW, ZoneOffset.UTC),
            Duration.ofSeconds(SKEW));

    private static Refreshed after(SampleToken before, String... otherAudiences) {
        return new Refreshed(ISSUER, CLIENT, Set.of(otherAudiences), Set.of("RS256"), before.signed(), ACCESS_TOKEN);
    }

    /** As most providers make them: without a nonce. */
    private static SampleToken fresh() {
        return valid().without("nonce").with("sid", "s1").with("auth_time", now(-3600));
    }

    private IdToken accept(SampleToken token) {
        return validator.validateRefreshed(token.signed(), after(BEFORE));
    }

    private void refuse(Reason reason, SampleToken token) {
        refuse(reason, token, after(BEFORE));
    }

    private InvalidResponseException refuse(Reason reason, SampleToken token, Refreshed expected) {
        var refusal = assertThrows(
                InvalidResponseException.class, () -> validator.validateRefreshed(token.signed(), expected));
        assertEquals(reason, refusal.reason(), String.valueOf(refusal.getMessage()));
        return refusal;
    }

    @Test
    void believesAValidTokenAlthoughTheOneBeforeHasExpired() {
        var raw = fresh().with("email", "a@b.test").signed();
        var token = validator.validateRefreshed(raw, after(BEFORE));
        assertEquals("alice", token.subject());
        assertEquals(Optional.of("s1"), token.sid());
        assertEquals("a@b.test", token.claims().get("email"));
        assertEquals(raw, token.raw());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.test", "https://op.test/", "HTTPS://op.test", ""})
    void rejectsATokenOfAnotherIssuer(String issuer) {
        refuse(Reason.TOKEN_ISSUER, fresh().with("iss", issuer));
        refuse(Reason.TOKEN_ISSUER, fresh().without("iss"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "Alice", "alice ", "", " "})
    void rejectsATokenAboutSomebodyElse(String subject) {
        refuse(Reason.TOKEN_SUBJECT, fresh().with("sub", subject));
        refuse(Reason.TOKEN_SUBJECT, fresh().without("sub"));
        refuse(Reason.TOKEN_SUBJECT, fresh().with("sub", List.of("alice")));
    }

    @Test
    void rejectsATokenThatWasNotIssuedJustNow() {
        assertEquals("alice", accept(fresh().with("iat", now(SKEW))).subject());
        refuse(Reason.TOKEN_ISSUED_AT, fresh().with("iat", now(SKEW + 1)));
        assertEquals("alice", accept(fresh().with("iat", now(-600 - SKEW))).subject());
        refuse(Reason.TOKEN_ISSUED_AT, fresh().with("iat", now(-600 - SKEW - 1)));
        refuse(Reason.TOKEN_ISSUED_AT, fresh().without("iat"));
        refuse(Reason.TOKEN_ISSUED_AT, BEFORE); // the one of the login once more
    }

    @Test
    void rejectsATokenForOthers() {
        refuse(Reason.TOKEN_AUDIENCE, fresh().without("aud"));
        refuse(Reason.TOKEN_AUDIENCE, fresh().with("aud", "c2"));
        refuse(Reason.TOKEN_AUDIENCE, fresh().with("aud", List.of()));
        refuse(Reason.TOKEN_AUDIENCE, fresh().with("aud", List.of(CLIENT, "c2")));
        assertEquals("alice", accept(fresh().with("aud", List.of(CLIENT))).subject());
    }

    @Test
    void theAudienceMayGrowByNamedOnesButNotShrink() {
        var both = List.of(CLIENT, "c3");
        var before = BEFORE.with("aud", both).with("azp", CLIENT);
        refuse(Reason.TOKEN_AUDIENCE, fresh().with("azp", CLIENT), after(before, "c3"));
        refuse(Reason.TOKEN_AUDIENCE, fresh().with("aud", both).with("azp", CLIENT), after(before));
        var same = fresh().with("aud", List.of("c3", CLIENT)).with("azp", CLIENT);
        validator.validateRefreshed(same.signed(), after(before, "c3"));
        validator.validateRefreshed(same.signed(), after(BEFORE.with("azp", CLIENT), "c3"));
    }

    @Test
    void theAuthorizedPartyIsThatOfTheLogin() {
        var named = fresh().with("azp", CLIENT);
        validator.validateRefreshed(named.signed(), after(BEFORE.with("azp", CLIENT)));
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, named);
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, fresh(), after(BEFORE.with("azp", CLIENT)));
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, fresh().with("azp", "c2"), after(BEFORE.with("azp", "c2")));
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, fresh().with("azp", List.of(CLIENT)));
        var both = List.of(CLIENT, "c3");
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, fresh().with("aud", both), after(BEFORE.with("aud", both), "c3"));
    }

    @Test
    void aNonceIsThatOfTheLoginWhereThereIsOne() {
        assertEquals("alice", accept(fresh()).subject());
        assertEquals("alice", accept(fresh().with("nonce", NONCE.reveal())).subject());
        refuse(Reason.TOKEN_NONCE, fresh().with("nonce", "other"));
        refuse(Reason.TOKEN_NONCE, fresh().with("nonce", ""));
        refuse(Reason.TOKEN_NONCE, fresh().with("nonce", List.of(NONCE.reveal())));
        refuse(Reason.TOKEN_NONCE, fresh().with("nonce", "n"), after(BEFORE.without("nonce")));
    }

    @Test
    void rejectsATokenThatHasExpiredOrNeverDoes() {
        assertEquals("alice", accept(fresh().with("exp", now(-SKEW + 1))).subject());
        refuse(Reason.TOKEN_EXPIRED, fresh().with("exp", now(-SKEW)));
        refuse(Reason.TOKEN_EXPIRED, fresh().without("exp"));
    }

    @Test
    void theTimeOfTheAuthenticationIsADateOrAbsent() {
        assertEquals(Optional.empty(), accept(fresh().without("auth_time")).authenticatedAt());
        refuse(Reason.TOKEN_AUTH_TIME, fresh().with("auth_time", "1"));
        refuse(Reason.TOKEN_AUTH_TIME, fresh().with("auth_time", -1));
    }

    @Test
    void rejectsATokenThatIsNotValidYet() {
        assertEquals("alice", accept(fresh().with("nbf", now(SKEW))).subject());
        refuse(Reason.TOKEN_NOT_BEFORE, fresh().with("nbf", now(SKEW + 1)));
    }

    @Test
    void rejectsOtherTokensInItsPlace() {
        refuse(Reason.TOKEN_EVENTS, fresh().with("events", Map.of(SampleToken.EVENT, Map.of())));
        refuse(Reason.TOKEN_TYP, fresh().withHeader("typ", "logout+jwt"));
        refuse(Reason.TOKEN_TYP, fresh().withHeader("typ", "at+jwt"));
        refuse(Reason.TOKEN_ALGORITHM, fresh().withHeader("alg", "none"));
    }

    @Test
    void theSessionIsTheSameWhereBothNameOne() {
        assertEquals(Optional.empty(), accept(fresh().without("sid")).sid());
        validator.validateRefreshed(fresh().signed(), after(BEFORE.without("sid")));
        refuse(Reason.TOKEN_SID, fresh().with("sid", "s2"));
        refuse(Reason.TOKEN_SID, fresh().with("sid", "S1"));
        refuse(Reason.TOKEN_SID, fresh().with("sid", " "));
        refuse(Reason.TOKEN_SID, fresh().with("sid", ""), after(BEFORE.without("sid")));
    }

    @Test
    void looksAtClaimsBeforeKeys() {
        var unknown = fresh().withHeader("kid", "unknown");
        refuse(Reason.TOKEN_SUBJECT, unknown.with("sub", "bob"));
        refuse(Reason.TOKEN_SID, unknown.with("sid", "s2"));
        assertEquals(0, keyLookups.get());
        refuse(Reason.TOKEN_KEY_UNKNOWN, unknown);
        assertEquals(1, keyLookups.get());
    }

    @Test
    void rejectsATokenThatTheProviderDidNotSign() {
        var forged = fresh().signedBy(SigningKey.rsa("k1", 2048), "RS256");
        var refusal =
                assertThrows(InvalidResponseException.class, () -> validator.validateRefreshed(forged, after(BEFORE)));
        assertEquals(Reason.TOKEN_SIGNATURE, refusal.reason());
    }

    @Test
    void rejectsATokenOfAnotherAccessToken() {
        assertEquals(
                "alice",
                accept(fresh().with("at_hash", "77QmUPtjPfzWtF2AnpK9RQ")).subject());
        refuse(Reason.TOKEN_ACCESS_TOKEN_HASH, fresh().with("at_hash", "77QmUPtjPfzWtF2AnpK9RA"));
    }

    @Test
    void keepsTokenContentsOutOfItsMessages() {
        for (var claim : List.of("sub", "azp", "nonce", "sid", "at_hash")) {
            var refusal = assertThrows(InvalidResponseException.class, () -> accept(fresh().with(claim, "s3cret")));
            assertFalse(String.valueOf(refusal.getMessage()).contains("s3cret"), claim);
        }
    }
}
