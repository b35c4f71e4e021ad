// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.token.SampleToken.CLIENT;
import static org.oidcfilter.token.SampleToken.EVENT;
import static org.oidcfilter.token.SampleToken.ISSUER;
import static org.oidcfilter.token.SampleToken.KEY;
import static org.oidcfilter.token.SampleToken.NOW;
import static org.oidcfilter.token.SampleToken.now;
import static org.oidcfilter.token.SampleToken.validLogout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.LogoutTokenValidator.Expected;

/** The rules of Back-Channel Logout 1.0, in the order of section 2.6. */
class LogoutTokenValidatorTest {
    private static final int SKEW = 30;
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Expected EXPECTED = new Expected(ISSUER, CLIENT, Set.of(), Set.of("RS256"));

    private final AtomicInteger keyLookups = new AtomicInteger();
    private final LogoutTokenValidator validator = at(CLOCK);

    private LogoutTokenValidator at(Clock clock) {
        return new LogoutTokenValidator(
                (algorithm, kid) -> {
                    keyLookups.incrementAndGet();
                    return KEY.alone().find(algorithm, kid);
                },
                Decryption.NONE,
                clock,
                Duration.ofSeconds(SKEW));
    }

    private LogoutToken accept(SampleToken token) {
        return validator.validate(token.signed(), EXPECTED);
    }

    private InvalidResponseException refuse(Reason reason, SampleToken token) {
        return refuse(reason, token.signed(), EXPECTED);
    }

    private InvalidResponseException refuse(Reason reason, Secret token, Expected expected) {
        var refusal = assertThrows(InvalidResponseException.class, () -> validator.validate(token, expected));
        assertEquals(reason, refusal.reason(), String.valueOf(refusal.getMessage()));
        return refusal;
    }

    /** A valid token in which one claim is {@code value}, as it stands. */
    private static Secret token(String claim, String value) {
        var others = Json.write(validLogout().without(claim).claims());
        return Secret.of(KEY.sign(
                Json.write(validLogout().header()),
                "{\"" + claim + "\":" + value + "," + others.substring(1),
                "RS256"));
    }

    @Test
    void believesAValidToken() {
        var token = accept(validLogout());
        assertEquals(Optional.of("alice"), token.subject());
        assertEquals(Optional.of("s1"), token.sid());
        assertEquals("jti-1", token.jti());
        assertEquals("LogoutToken", token.toString());
    }

    // (1) encryption

    @Test
    @Tag("LO-34")
    void rejectsATokenThatIsNotEncryptedWhereIdTokensHaveToBe() {
        var required = Decryption.with(
                DecryptionKeys.parse(
                        Secret.of(Json.write(SigningKey.rsa("ours", 2048).privateJwk()))),
                true);
        var strict = new LogoutTokenValidator(KEY.alone(), required, CLOCK, Duration.ZERO);
        var refusal = assertThrows(
                InvalidResponseException.class,
                () -> strict.validate(validLogout().signed(), EXPECTED));
        assertEquals(Reason.TOKEN_NOT_ENCRYPTED, refusal.reason());
    }

    @Test
    void opensATokenThatIsEncryptedAsAnIdTokenIs() {
        var open = new LogoutTokenValidator(KEY.alone(), KnownKeys.DECRYPTION, CLOCK, Duration.ZERO);
        var encrypted = KnownKeys.encryptedToUs(validLogout().signed());
        assertEquals("jti-1", open.validate(encrypted, EXPECTED).jti());
        refuse(Reason.TOKEN_MALFORMED, encrypted, EXPECTED); // without a key of ours
    }

    // (2), (3) signature and header

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JWT",
                "jwt",
                "application/jwt",
                "logout+jwt",
                "LOGOUT+JWT",
                "application/logout+jwt",
                "Logout+Jwt"
            })
    void acceptsTheTypesOfALogoutToken(String type) {
        assertEquals("jti-1", accept(validLogout().withHeader("typ", type)).jti());
    }

    @Test
    void acceptsATokenWithoutType() {
        assertEquals("jti-1", accept(validLogout().withoutHeader("typ")).jti());
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "application/at+jwt", "secevent+jwt", "dpop+jwt", "logout", "logout+jwt ", ""})
    void rejectsEveryOtherType(String type) {
        refuse(Reason.TOKEN_TYP, validLogout().withHeader("typ", type));
        refuse(Reason.TOKEN_TYP, validLogout().withHeader("typ", List.of("logout+jwt")));
    }

    @Test
    void rejectsEveryOtherAlgorithm() {
        refuse(Reason.TOKEN_ALGORITHM, validLogout().withHeader("alg", "none"));
        refuse(Reason.TOKEN_ALGORITHM, validLogout().withHeader("alg", "HS256"));
        var unsafe = new Expected(ISSUER, CLIENT, Set.of(), Set.of("none"));
        refuse(Reason.TOKEN_ALGORITHM, validLogout().withHeader("alg", "none").signed(), unsafe);
    }

    @Test
    void rejectsATokenThatTheProviderDidNotSign() {
        refuse(Reason.TOKEN_SIGNATURE, validLogout().signedBy(SigningKey.rsa("k1", 2048), "RS256"), EXPECTED);
        var parts = validLogout().signed().reveal().split("\\.", -1);
        var other = validLogout().with("sub", "bob").signed().reveal().split("\\.", -1);
        refuse(Reason.TOKEN_SIGNATURE, Secret.of(parts[0] + "." + other[1] + "." + parts[2]), EXPECTED);
        refuse(Reason.TOKEN_SIGNATURE, Secret.of(parts[0] + "." + parts[1] + "."), EXPECTED);
        refuse(Reason.TOKEN_CRITICAL_HEADER, validLogout().withHeader("crit", List.of("x")));
    }

    @Test
    void looksAtKeysLast() {
        var unknown = validLogout().withHeader("kid", "unknown");
        refuse(Reason.TOKEN_ISSUER, unknown.with("iss", "https://evil.test"));
        refuse(Reason.TOKEN_AUDIENCE, unknown.with("aud", "c2"));
        refuse(Reason.TOKEN_ISSUED_AT, unknown.without("iat"));
        refuse(Reason.TOKEN_EXPIRED, unknown.without("exp"));
        refuse(Reason.TOKEN_NOT_BEFORE, unknown.with("nbf", now(60)));
        refuse(Reason.LOGOUT_TOKEN_TARGET, unknown.without("sub").without("sid"));
        refuse(Reason.LOGOUT_TOKEN_EVENT, unknown.without("events"));
        refuse(Reason.LOGOUT_TOKEN_NONCE, unknown.with("nonce", "n"));
        refuse(Reason.LOGOUT_TOKEN_JTI, unknown.without("jti"));
        assertEquals(0, keyLookups.get());
        refuse(Reason.TOKEN_KEY_UNKNOWN, unknown);
        assertEquals(1, keyLookups.get());
    }

    // (4) iss, aud, iat, exp as in ID tokens

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.test", "https://op.test/", "HTTPS://op.test", ""})
    void rejectsATokenOfAnotherIssuer(String issuer) {
        refuse(Reason.TOKEN_ISSUER, validLogout().with("iss", issuer));
    }

    @Test
    void rejectsATokenWithoutAnIssuer() {
        refuse(Reason.TOKEN_ISSUER, validLogout().without("iss"));
        refuse(Reason.TOKEN_ISSUER, validLogout().with("iss", List.of(ISSUER)));
    }

    @Test
    void rejectsATokenForOthers() {
        refuse(Reason.TOKEN_AUDIENCE, validLogout().without("aud"));
        refuse(Reason.TOKEN_AUDIENCE, validLogout().with("aud", List.of()));
        refuse(Reason.TOKEN_AUDIENCE, validLogout().with("aud", "c2"));
        refuse(Reason.TOKEN_AUDIENCE, validLogout().with("aud", List.of(CLIENT, "c2")));
        assertEquals("jti-1", accept(validLogout().with("aud", List.of(CLIENT))).jti());
    }

    @Test
    void acceptsAudiencesThatTheOperatorNamesBesidesThisClient() {
        var shared = new Expected(ISSUER, CLIENT, Set.of("c3"), Set.of("RS256"));
        var both = validLogout().with("aud", List.of(CLIENT, "c3"));
        assertEquals("jti-1", validator.validate(both.signed(), shared).jti());
        refuse(Reason.TOKEN_AUDIENCE, validLogout().with("aud", "c3").signed(), shared);
        refuse(
                Reason.TOKEN_AUDIENCE,
                both.with("aud", List.of(CLIENT, "c3", "c2")).signed(),
                shared);
    }

    @Test
    void rejectsATokenThatWasNotIssuedJustNow() {
        assertEquals("jti-1", accept(validLogout().with("iat", now(SKEW))).jti());
        refuse(Reason.TOKEN_ISSUED_AT, validLogout().with("iat", now(SKEW + 1)));
        assertEquals(
                "jti-1", accept(validLogout().with("iat", now(-600 - SKEW))).jti());
        refuse(Reason.TOKEN_ISSUED_AT, validLogout().with("iat", now(-600 - SKEW - 1)));
        refuse(Reason.TOKEN_ISSUED_AT, validLogout().without("iat"));
    }

    @Test
    void rejectsAnExpiredTokenAndOneThatNeverExpires() {
        assertEquals("jti-1", accept(validLogout().with("exp", now(-SKEW + 1))).jti());
        refuse(Reason.TOKEN_EXPIRED, validLogout().with("exp", now(-SKEW)));
        refuse(Reason.TOKEN_EXPIRED, validLogout().without("exp"));
    }

    @Test
    void rejectsATokenThatIsNotValidYet() {
        assertEquals("jti-1", accept(validLogout().with("nbf", now(SKEW))).jti());
        refuse(Reason.TOKEN_NOT_BEFORE, validLogout().with("nbf", now(SKEW + 1)));
    }

    /** {@code ok} and {@code no} for {@code exp}, {@code iat} and {@code nbf}. */
    @ParameterizedTest
    @CsvSource({
        // value,                exp, iat, nbf
        "9223372036854775807,    no,  no,  no",
        "-9223372036854775808,   no,  no,  no",
        "1e308,                  no,  no,  no",
        "253402300799,           ok,  no,  no",
        "253402300800,           no,  no,  no",
        "1795262400000,          no,  no,  no",
        "1795262400,             ok,  ok,  ok",
        "1795262400.000000001,   ok,  ok,  ok",
        "1.7952624e9,            ok,  ok,  ok",
        "0,                      no,  no,  ok",
        "-0.0,                   no,  no,  ok",
        "-1,                     no,  no,  no",
        "\"1795262400\",         no,  no,  no",
        "\"\",                   no,  no,  no",
        "true,                   no,  no,  no",
        "[1795262400],           no,  no,  no",
        "{},                     no,  no,  no"
    })
    void aDateIsANumberBetween1970And9999(String value, String exp, String iat, String nbf) {
        date("exp", value, exp, Reason.TOKEN_EXPIRED);
        date("iat", value, iat, Reason.TOKEN_ISSUED_AT);
        date("nbf", value, nbf, Reason.TOKEN_NOT_BEFORE);
    }

    private void date(String claim, String value, String verdict, Reason reason) {
        if (verdict.equals("ok")) {
            assertEquals(
                    "jti-1", validator.validate(token(claim, value), EXPECTED).jti());
        } else {
            refuse(reason, token(claim, value), EXPECTED);
        }
    }

    // (5) sub or sid

    @Test
    void needsASubjectOrASession() {
        assertEquals(Optional.empty(), accept(validLogout().without("sub")).subject());
        assertEquals(Optional.of("s1"), accept(validLogout().without("sub")).sid());
        assertEquals(Optional.empty(), accept(validLogout().without("sid")).sid());
        assertEquals(Optional.of("alice"), accept(validLogout().without("sid")).subject());
        refuse(Reason.LOGOUT_TOKEN_TARGET, validLogout().without("sub").without("sid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"alice\\n\"", "\"\\u00e9\"", "7", "[\"alice\"]", "{}", "true"})
    void rejectsAnUnusableSubjectAlthoughThereIsASession(String subject) {
        refuse(Reason.TOKEN_SUBJECT, token("sub", subject), EXPECTED);
    }

    @Test
    void rejectsASubjectThatIsTooLong() {
        var longest = "x".repeat(255);
        assertEquals(
                Optional.of(longest), accept(validLogout().with("sub", longest)).subject());
        refuse(Reason.TOKEN_SUBJECT, validLogout().with("sub", longest + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"\\t\\n\"", "7", "[\"s1\"]", "{}", "false"})
    void rejectsASessionWithoutANameAlthoughThereIsASubject(String sid) {
        refuse(Reason.TOKEN_SID, token("sid", sid), EXPECTED);
    }

    // (6) events

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"" + EVENT + "\"",
                "[\"" + EVENT + "\"]",
                "true",
                "{\"" + EVENT + "\":true}",
                "{\"" + EVENT + "\":\"\"}",
                "{\"" + EVENT + "\":[]}",
                "{\"" + EVENT + "/\":{}}",
                "{\"https://schemas.openid.net/event/backchannel-logout\":{}}",
                "{\"HTTP://schemas.openid.net/event/backchannel-logout\":{}}",
                "{\"x\":{\"" + EVENT + "\":{}}}"
            })
    void rejectsATokenThatDoesNotSayThatItIsALogout(String events) {
        refuse(Reason.LOGOUT_TOKEN_EVENT, token("events", events), EXPECTED);
    }

    @Test
    void rejectsATokenWithoutEvents() {
        refuse(Reason.LOGOUT_TOKEN_EVENT, validLogout().without("events"));
        refuse(Reason.LOGOUT_TOKEN_EVENT, SampleToken.valid()); // an ID token
    }

    @Test
    void acceptsMoreInAnEventAndOtherEventsBesides() {
        var events = Map.of(EVENT, Map.of("reason", "bored"), "https://other.test/event", 1);
        assertEquals("jti-1", accept(validLogout().with("events", events)).jti());
    }

    // (7) nonce

    @ParameterizedTest
    @ValueSource(strings = {"\"n\"", "\"\"", "0", "false", "{}", "[]"})
    void rejectsANonceWhateverItIs(String nonce) {
        refuse(Reason.LOGOUT_TOKEN_NONCE, token("nonce", nonce), EXPECTED);
    }

    // section 2.4: jti

    @Test
    void needsANameOfItsOwn() {
        assertEquals("x", accept(validLogout().with("jti", "x")).jti());
        var longest = "x".repeat(255);
        assertEquals(longest, accept(validLogout().with("jti", longest)).jti());
        refuse(Reason.LOGOUT_TOKEN_JTI, validLogout().with("jti", longest + "x"));
        refuse(Reason.LOGOUT_TOKEN_JTI, validLogout().without("jti"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\"", "\" \"", "\"a\\nb\"", "\"\\u00e9\"", "\"\\u007f\"", "1", "{}", "[\"jti-1\"]", "true"})
    void rejectsANameThatIsNone(String jti) {
        refuse(Reason.LOGOUT_TOKEN_JTI, token("jti", jti), EXPECTED);
    }

    /** What restricts a token cannot be switched off, nor a forbidden claim be hidden. */
    @ParameterizedTest
    @CsvSource({
        "iss,TOKEN_MALFORMED",
        "aud,TOKEN_MALFORMED",
        "exp,TOKEN_MALFORMED",
        "nbf,TOKEN_MALFORMED",
        "sub,TOKEN_MALFORMED",
        "sid,TOKEN_MALFORMED",
        "events,TOKEN_MALFORMED",
        "nonce,TOKEN_MALFORMED",
        "iat,TOKEN_ISSUED_AT",
        "jti,LOGOUT_TOKEN_JTI"
    })
    void nullIsNoWayOut(String claim, Reason reason) {
        refuse(reason, token(claim, "null"), EXPECTED);
        refuse(Reason.TOKEN_MALFORMED, token("events", "{\"" + EVENT + "\":null}"), EXPECTED);
    }

    @Test
    void rejectsAMemberThatIsThereTwice() {
        refuse(Reason.TOKEN_MALFORMED, token("\\u0073ub", "\"bob\""), EXPECTED);
        refuse(Reason.TOKEN_MALFORMED, token("events", "{\"" + EVENT + "\":1,\"" + EVENT + "\":{}}"), EXPECTED);
    }

    // (8) what the caller needs to notice a replay

    @Test
    void saysUntilWhenItIsAcceptable() {
        assertOverAt(validLogout().with("exp", now(120)), now(120 + SKEW));
        assertOverAt(validLogout().with("iat", now(-60)).with("exp", now(540)), now(540 + SKEW));
        assertOverAt(validLogout().with("iat", now(-60)).with("exp", now(541)), now(540 + SKEW));
        assertOverAt(validLogout().with("iat", now(-60)).with("exp", 253402300799L), now(540 + SKEW));
    }

    /** Not before the token is refused, so that it is remembered long enough; nor much later. */
    private void assertOverAt(SampleToken token, long lastSecond) {
        var until = accept(token).acceptableUntil();
        assertEquals(Instant.ofEpochSecond(lastSecond + 1), until);
        assertThrows(InvalidResponseException.class, () -> at(Clock.fixed(until, ZoneOffset.UTC))
                .validate(token.signed(), EXPECTED));
        var before = Clock.fixed(until.minusMillis(1001), ZoneOffset.UTC);
        assertEquals("jti-1", at(before).validate(token.signed(), EXPECTED).jti());
    }

    @Test
    void keepsTokenContentsOutOfItsMessages() {
        for (var claim : List.of("sub", "sid", "jti", "nonce")) {
            var reading = assertThrows(
                    InvalidResponseException.class,
                    () -> accept(validLogout().with(claim, List.of("s3cret\n")).with("nonce", "s3cret")));
            var message = String.valueOf(reading.getMessage());
            assertFalse(message.contains("s3cret"), message);
        }
        var issuer = refuse(Reason.TOKEN_ISSUER, validLogout().with("iss", "https://evil.test"));
        assertTrue(String.valueOf(issuer.getMessage()).contains("https://evil.test"));
    }
}
