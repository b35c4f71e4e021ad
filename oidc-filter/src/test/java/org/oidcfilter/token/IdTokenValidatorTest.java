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

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.token.IdTokenValidator.Expected;

/** The rules about claims, in the order of OpenID Connect Core 3.1.3.7. */
class IdTokenValidatorTest {
    private static final int SKEW = 30;

    private final AtomicInteger keyLookups = new AtomicInteger();
    private final IdTokenValidator validator = new IdTokenValidator(
            (algorithm, kid) -> {
                keyLookups.incrementAndGet();
                return KEY.alone().find(algorithm, kid);
            },
            Decryption.NONE,
            Clock.fixed(NOW, ZoneOffset.UTC),
            Duration.ofSeconds(SKEW));

    private static Expected expected() {
        return new Expected(
                ISSUER, CLIENT, Set.of(), Set.of("RS256"), NONCE, Optional.empty(), Optional.empty(), List.of());
    }

    private static Expected expectedMaxAge(Duration maxAge) {
        return new Expected(
                ISSUER, CLIENT, Set.of(), Set.of("RS256"), NONCE, Optional.empty(), Optional.of(maxAge), List.of());
    }

    private static Expected expectedAcr(String... values) {
        return new Expected(
                ISSUER, CLIENT, Set.of(), Set.of("RS256"), NONCE, Optional.empty(), Optional.empty(), List.of(values));
    }

    private static Expected expectedAccessToken(String algorithm, String accessToken) {
        return new Expected(
                ISSUER,
                CLIENT,
                Set.of(),
                Set.of(algorithm),
                NONCE,
                Optional.of(Secret.of(accessToken)),
                Optional.empty(),
                List.of());
    }

    private IdToken accept(SampleToken token) {
        return validator.validate(token.signed(), expected());
    }

    private InvalidResponseException refuse(Reason reason, SampleToken token) {
        return refuse(reason, token, expected());
    }

    private InvalidResponseException refuse(Reason reason, SampleToken token, Expected expected) {
        var refusal = assertThrows(InvalidResponseException.class, () -> validator.validate(token.signed(), expected));
        assertEquals(reason, refusal.reason());
        return refusal;
    }

    @Test
    void believesAValidToken() {
        var raw = valid().with("sid", "s1").with("email", "a@b.test").signed();
        var token = validator.validate(raw, expected());
        assertEquals(ISSUER, token.issuer());
        assertEquals("alice", token.subject());
        assertEquals(Optional.of("s1"), token.sid());
        assertEquals(Instant.ofEpochSecond(now(300)), token.expiresAt());
        assertEquals("a@b.test", token.claims().get("email"));
        assertEquals(raw, token.raw());
        assertEquals(token.claims(), IdToken.claimsOf(raw));
        assertEquals("IdToken", token.toString());
    }

    // (2) issuer

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.test",
                "https://op.test/",
                "HTTPS://op.test",
                "https://op.test:443",
                "https://ор.test",
                ""
            })
    @Tag("ID-21")
    void rejectsIdTokenOfAnotherIssuer(String issuer) {
        var refusal = refuse(Reason.TOKEN_ISSUER, valid().with("iss", issuer));
        assertTrue(String.valueOf(refusal.getMessage()).contains(ISSUER));
    }

    @Test
    void rejectsIdTokenWithoutAnIssuer() {
        refuse(Reason.TOKEN_ISSUER, valid().without("iss"));
        refuse(Reason.TOKEN_ISSUER, valid().with("iss", List.of(ISSUER)));
        refuse(Reason.TOKEN_ISSUER, valid().with("iss", 1));
    }

    @Test
    @Tag("ID-25")
    void acceptsNamedAudiencesOnlyWithAnAuthorizedParty() {
        var both = valid().with("aud", List.of(CLIENT, "https://api.test"));
        var expected = new Expected(
                ISSUER,
                CLIENT,
                Set.of("https://api.test"),
                Set.of("RS256"),
                NONCE,
                Optional.empty(),
                Optional.empty(),
                List.of());
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, both, expected);
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, both.with("azp", "evil"), expected);
        refuse(Reason.TOKEN_AUDIENCE, both.with("azp", CLIENT));
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", "https://api.test").with("azp", CLIENT), expected);
        refuse(Reason.TOKEN_AUDIENCE, both.with("aud", List.of(CLIENT, "evil")).with("azp", CLIENT), expected);
        assertEquals(
                "alice",
                validator.validate(both.with("azp", CLIENT).signed(), expected).subject());
    }

    // (3) audience

    @ParameterizedTest
    @ValueSource(strings = {"c2", "c11", "C1", "c1 ", ""})
    void rejectsIdTokenWhoseAudienceIsAnotherClient(String audience) {
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", audience));
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", List.of(audience)));
    }

    @Test
    void rejectsIdTokenWhoseAudienceIsMissingOrOfTheWrongKind() {
        refuse(Reason.TOKEN_AUDIENCE, valid().without("aud"));
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", List.of()));
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", List.of(CLIENT, 5)));
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", List.of(List.of(CLIENT))));
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", Map.of(CLIENT, 1)));
    }

    @Test
    void acceptsAnAudienceListOfThisClientAlone() {
        assertEquals("alice", accept(valid().with("aud", List.of(CLIENT))).subject());
    }

    @Test
    void rejectsIdTokenThatNamesOtherAudiencesAsWell() {
        var shared = valid().with("aud", List.of(CLIENT, "evil"));
        refuse(Reason.TOKEN_AUDIENCE, shared);
        refuse(Reason.TOKEN_AUDIENCE, shared.with("azp", CLIENT));
    }

    // (4), (5) authorized party

    @Test
    void rejectsIdTokenAuthorizedForAnotherParty() {
        assertEquals("alice", accept(valid().with("azp", CLIENT)).subject());
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, valid().with("azp", "c2"));
        refuse(Reason.TOKEN_AUTHORIZED_PARTY, valid().with("azp", List.of(CLIENT)));
    }

    // (9) expiry

    @Test
    void rejectsExpiredIdToken() {
        assertEquals("alice", accept(valid().with("exp", now(-SKEW + 1))).subject());
        refuse(Reason.TOKEN_EXPIRED, valid().with("exp", now(-SKEW)));
        refuse(Reason.TOKEN_EXPIRED, valid().with("exp", 0));
        refuse(Reason.TOKEN_EXPIRED, valid().with("exp", -1));
        assertEquals("alice", accept(valid().with("exp", now(60) + 0.7)).subject());
    }

    @Test
    void rejectsIdTokenThatNeverExpires() {
        refuse(Reason.TOKEN_EXPIRED, valid().without("exp"));
        refuse(Reason.TOKEN_EXPIRED, valid().with("exp", "9999999999"));
        refuse(Reason.TOKEN_EXPIRED, valid().with("exp", true));
        refuse(Reason.TOKEN_EXPIRED, valid().with("exp", List.of(now(60))));
    }

    // (10) issued at

    @Test
    void rejectsIdTokenThatWasNotIssuedJustNow() {
        assertEquals("alice", accept(valid().with("iat", now(SKEW))).subject());
        refuse(Reason.TOKEN_ISSUED_AT, valid().with("iat", now(SKEW + 1)));
        assertEquals("alice", accept(valid().with("iat", now(-600 - SKEW))).subject());
        refuse(Reason.TOKEN_ISSUED_AT, valid().with("iat", now(-600 - SKEW - 1)));
        refuse(Reason.TOKEN_ISSUED_AT, valid().without("iat"));
        refuse(Reason.TOKEN_ISSUED_AT, valid().with("iat", "now"));
    }

    // (11) nonce

    @Test
    void rejectsIdTokenOfAnotherLogin() {
        refuse(Reason.TOKEN_NONCE, valid().without("nonce"));
        refuse(Reason.TOKEN_NONCE, valid().with("nonce", "other"));
        refuse(Reason.TOKEN_NONCE, valid().with("nonce", ""));
        refuse(Reason.TOKEN_NONCE, valid().with("nonce", "N-0s6_wZa2mJ"));
        refuse(Reason.TOKEN_NONCE, valid().with("nonce", List.of(NONCE.reveal())));
    }

    // (12) authentication context

    @Test
    void rejectsIdTokenWithoutTheAuthenticationContextAskedFor() {
        assertEquals(
                "alice",
                validator
                        .validate(valid().with("acr", "mfa").signed(), expectedAcr("hw", "mfa"))
                        .subject());
        refuse(Reason.TOKEN_ACR, valid(), expectedAcr("mfa"));
        refuse(Reason.TOKEN_ACR, valid().with("acr", "pwd"), expectedAcr("mfa"));
        refuse(Reason.TOKEN_ACR, valid().with("acr", List.of("mfa")), expectedAcr("mfa"));
    }

    // (13) authentication time

    @Test
    void rejectsIdTokenOfAnAuthenticationThatIsYetToCome() {
        accept(valid().with("auth_time", now(SKEW)));
        refuse(Reason.TOKEN_AUTH_TIME, valid().with("auth_time", now(SKEW + 1)));
    }

    @Test
    void rejectsIdTokenOfAnAuthenticationBeforeTheLoginThatAskedForANewOne() {
        var began = NOW.minusMillis(500);
        var earliest = accept(valid().with("auth_time", now(-1 - SKEW)));
        validator.requireAuthenticatedSince(began, earliest);
        validator.requireAuthenticatedSince(began, accept(valid()));
        var earlier = accept(valid().with("auth_time", now(-2 - SKEW)));
        var refusal =
                assertThrows(InvalidResponseException.class, () -> validator.requireAuthenticatedSince(began, earlier));
        assertEquals(Reason.TOKEN_AUTH_TIME, refusal.reason());
        assertTrue(String.valueOf(refusal.getMessage()).contains("prompt=login"), refusal.getMessage());
    }

    @Test
    void rejectsIdTokenOfAnAuthenticationThatIsTooOld() {
        var maxAge = expectedMaxAge(Duration.ofMinutes(5));
        var latest = valid().with("auth_time", now(-300 - SKEW));
        assertEquals("alice", validator.validate(latest.signed(), maxAge).subject());
        refuse(Reason.TOKEN_AUTH_TIME, valid().with("auth_time", now(-300 - SKEW - 1)), maxAge);
        refuse(Reason.TOKEN_AUTH_TIME, valid().with("auth_time", now(SKEW + 1)), maxAge);
        refuse(Reason.TOKEN_AUTH_TIME, valid().with("auth_time", "1"), maxAge);
        refuse(Reason.TOKEN_AUTH_TIME, valid(), maxAge);
    }

    // section 2 and other specifications

    @Test
    void rejectsIdTokenWithAnUnusableSubject() {
        assertEquals(255, accept(valid().with("sub", "x".repeat(255))).subject().length());
        refuse(Reason.TOKEN_SUBJECT, valid().with("sub", "x".repeat(256)));
        refuse(Reason.TOKEN_SUBJECT, valid().with("sub", ""));
        refuse(Reason.TOKEN_SUBJECT, valid().with("sub", "  "));
        refuse(Reason.TOKEN_SUBJECT, valid().with("sub", "alice\n"));
        refuse(Reason.TOKEN_SUBJECT, valid().with("sub", "аlice"));
        refuse(Reason.TOKEN_SUBJECT, valid().with("sub", 7));
        refuse(Reason.TOKEN_SUBJECT, valid().without("sub"));
    }

    @Test
    void rejectsIdTokenThatIsNotValidYet() {
        assertEquals("alice", accept(valid().with("nbf", now(SKEW))).subject());
        refuse(Reason.TOKEN_NOT_BEFORE, valid().with("nbf", now(SKEW + 1)));
        refuse(Reason.TOKEN_NOT_BEFORE, valid().with("nbf", "0"));
    }

    @Test
    void rejectsLogoutTokenInPlaceOfAnIdToken() {
        var events = Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of());
        refuse(Reason.TOKEN_EVENTS, valid().with("events", events));
    }

    @Test
    void rejectsSessionIdThatIsNoName() {
        refuse(Reason.TOKEN_SID, valid().with("sid", 5));
        refuse(Reason.TOKEN_SID, valid().with("sid", ""));
        refuse(Reason.TOKEN_SID, valid().with("sid", " "));
    }

    // (6) signature, and what belongs to the access token

    @Test
    void looksAtClaimsBeforeKeys() {
        refuse(Reason.TOKEN_ISSUER, valid().with("iss", "https://evil.test").withHeader("kid", "unknown"));
        refuse(Reason.TOKEN_NONCE, valid().without("nonce").withHeader("kid", "unknown"));
        assertEquals(0, keyLookups.get());
        refuse(Reason.TOKEN_KEY_UNKNOWN, valid().withHeader("kid", "unknown"));
        assertEquals(1, keyLookups.get());
    }

    @ParameterizedTest
    @CsvSource({"RS256, SHA-256, 16", "PS384, SHA-384, 24", "RS512, SHA-512, 32"})
    void comparesTheAccessTokenHashInTheHashOfTheAlgorithm(String algorithm, String hash, int half) throws Exception {
        var digest = MessageDigest.getInstance(hash).digest("the-access-token".getBytes(StandardCharsets.US_ASCII));
        var token = valid().withHeader("alg", algorithm)
                .with("at_hash", SigningKey.base64Url(Arrays.copyOf(digest, half)))
                .signedBy(KEY, algorithm);
        assertEquals(
                "alice",
                validator
                        .validate(token, expectedAccessToken(algorithm, "the-access-token"))
                        .subject());
        assertThrows(
                InvalidResponseException.class,
                () -> validator.validate(token, expectedAccessToken(algorithm, "another")));
    }

    @Test
    void rejectsIdTokenOfAnotherAccessToken() {
        var expected = expectedAccessToken("RS256", "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
        var fitting = valid().with("at_hash", "77QmUPtjPfzWtF2AnpK9RQ");
        assertEquals("alice", validator.validate(fitting.signed(), expected).subject());
        refuse(Reason.TOKEN_ACCESS_TOKEN_HASH, fitting, expectedAccessToken("RS256", "another"));
        refuse(Reason.TOKEN_ACCESS_TOKEN_HASH, valid().with("at_hash", "77QmUPtjPfzWtF2AnpK9RQ=="), expected);
        refuse(Reason.TOKEN_ACCESS_TOKEN_HASH, valid().with("at_hash", ""), expected);
        refuse(Reason.TOKEN_ACCESS_TOKEN_HASH, valid().with("at_hash", 1), expected);
        assertEquals("alice", validator.validate(valid().signed(), expected).subject());
    }

    @Test
    void keepsTokenContentsOutOfItsMessages() {
        var secretive = valid().with("sub", "s3cret-subject\n").with("nonce", NONCE.reveal());
        assertFalse(String.valueOf(refuse(Reason.TOKEN_SUBJECT, secretive).getMessage())
                .contains("s3cret"));
        var nonce = refuse(Reason.TOKEN_NONCE, valid().with("nonce", "s3cret-nonce"));
        assertFalse(String.valueOf(nonce.getMessage()).contains("s3cret"));
        assertFalse(String.valueOf(nonce.getMessage()).contains(NONCE.reveal()));
    }

    @Test
    void saysExpectedAndActualTimes() {
        var message = String.valueOf(
                refuse(Reason.TOKEN_EXPIRED, valid().with("exp", now(-60))).getMessage());
        assertTrue(message.contains("2026-11-21T11:59:00Z") && message.contains("2026-11-21T12:00:00Z"), message);
    }

    @Test
    void tellsHowAndWhenTheCallerProvedWhoTheyAre() {
        var token = accept(valid().with("acr", "gold").with("auth_time", now(-60)));
        assertEquals(Optional.of("gold"), token.acr());
        assertEquals(Optional.of(Instant.ofEpochSecond(now(-60))), token.authenticatedAt());
        assertEquals(Optional.empty(), accept(valid()).acr());
        assertEquals(Optional.empty(), accept(valid().with("acr", 1)).acr());
        assertEquals(Optional.empty(), accept(valid()).authenticatedAt());
    }
}
