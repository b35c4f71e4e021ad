// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.oidcfilter.token.SampleToken.CLIENT;
import static org.oidcfilter.token.SampleToken.ISSUER;
import static org.oidcfilter.token.SampleToken.KEY;
import static org.oidcfilter.token.SampleToken.NONCE;
import static org.oidcfilter.token.SampleToken.NOW;
import static org.oidcfilter.token.SampleToken.valid;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.token.IdTokenValidator.Expected;

/** Every claim that is looked at, with every value that is at the end of something: a verdict, soon, and no other exception. */
class ClaimExtremesTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Set<String> BLANK = Set.of("\"\"", "\" \"", "\"\\t\\n\"");
    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("iss", Reason.TOKEN_ISSUER),
            Map.entry("sub", Reason.TOKEN_SUBJECT),
            Map.entry("aud", Reason.TOKEN_AUDIENCE),
            Map.entry("azp", Reason.TOKEN_AUTHORIZED_PARTY),
            Map.entry("exp", Reason.TOKEN_EXPIRED),
            Map.entry("iat", Reason.TOKEN_ISSUED_AT),
            Map.entry("nbf", Reason.TOKEN_NOT_BEFORE),
            Map.entry("nonce", Reason.TOKEN_NONCE),
            Map.entry("acr", Reason.TOKEN_ACR),
            Map.entry("auth_time", Reason.TOKEN_AUTH_TIME),
            Map.entry("sid", Reason.TOKEN_SID),
            Map.entry("at_hash", Reason.TOKEN_ACCESS_TOKEN_HASH));

    private final IdTokenValidator validator = new IdTokenValidator(
            KEY.alone(), Decryption.NONE, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(30));

    /** Everything is asked for that can be. */
    private static Expected expected(Optional<Duration> maxAge) {
        return new Expected(
                ISSUER,
                CLIENT,
                Set.of(),
                Set.of("RS256"),
                NONCE,
                Optional.of(Secret.of("the-access-token")),
                maxAge,
                List.of("mfa"));
    }

    /** A valid token in which one claim is {@code value}, as it stands. */
    private static Secret token(String claim, String value) {
        var sample = valid().with("acr", "mfa").with("auth_time", NOW.getEpochSecond());
        var others = Json.write(sample.without(claim).claims());
        return Secret.of(KEY.sign(
                Json.write(sample.header()), "{\"" + claim + "\":" + value + "," + others.substring(1), "RS256"));
    }

    private void refuse(Reason reason, String claim, String value, Optional<Duration> maxAge) {
        var token = token(claim, value);
        var refusal = assertThrows(
                InvalidResponseException.class,
                () -> assertTimeoutPreemptively(SOON, () -> validator.validate(token, expected(maxAge))));
        assertEquals(reason, refusal.reason(), String.valueOf(refusal.getMessage()));
    }

    private void accept(String claim, String value, Optional<Duration> maxAge) {
        var token = token(claim, value);
        assertTimeoutPreemptively(SOON, () -> validator.validate(token, expected(maxAge)));
    }

    /** {@code ok} and {@code no}; the last column is {@code auth_time} where its age does not matter. */
    @ParameterizedTest
    @CsvSource({
        // value,                 exp, iat, nbf, auth_time
        "9223372036854775807,     no,  no,  no,  no",
        "-9223372036854775808,    no,  no,  no,  no",
        "1e308,                   no,  no,  no,  no",
        "-1e308,                  no,  no,  no,  no",
        "1.7976931348623157e308,  no,  no,  no,  no",
        "253402300799,            ok,  no,  no,  no",
        "253402300800,            no,  no,  no,  no",
        "31556889864403200,       no,  no,  no,  no",
        "1795262400000,           no,  no,  no,  no",
        "1795262400,              ok,  ok,  ok,  ok",
        "1795262400.000000001,    ok,  ok,  ok,  ok",
        "1.7952624e9,             ok,  ok,  ok,  ok",
        "17952624E+2,             ok,  ok,  ok,  ok",
        "0,                       no,  no,  ok,  ok",
        "-0,                      no,  no,  ok,  ok",
        "-0.0,                    no,  no,  ok,  ok",
        "0e0,                     no,  no,  ok,  ok",
        "1e-400,                  no,  no,  ok,  ok",
        "-1e-400,                 no,  no,  ok,  ok",
        "4.9e-324,                no,  no,  ok,  ok",
        "0.9999999999,            no,  no,  ok,  ok",
        "-1,                      no,  no,  no,  no",
        "-0.5,                    no,  no,  no,  no",
        "-1e-300,                 no,  no,  no,  no",
        "\"NaN\",                 no,  no,  no,  no",
        "\"Infinity\",            no,  no,  no,  no",
        "\"1795262400\",          no,  no,  no,  no",
        "\"\",                    no,  no,  no,  no",
        "true,                    no,  no,  no,  no",
        "[1795262400],            no,  no,  no,  no",
        "{},                      no,  no,  no,  no"
    })
    void aDateIsANumberBetween1970And9999(String value, String exp, String iat, String nbf, String authTime) {
        Map.of("exp", exp, "iat", iat, "nbf", nbf, "auth_time", authTime).forEach((claim, verdict) -> {
            if (verdict.equals("ok")) {
                accept(claim, value, Optional.empty());
            } else {
                refuse(REASONS.getOrDefault(claim, Reason.INTERNAL), claim, value, Optional.empty());
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "0",
        "-0",
        "1e-400",
        "1795262099.99",
        "1795262431",
        "253402300799",
        "9223372036854775807",
        "\"1795262400\""
    })
    void anAuthenticationIsNeitherTooOldNorYetToCome(String value) {
        refuse(Reason.TOKEN_AUTH_TIME, "auth_time", value, Optional.of(Duration.ofSeconds(270)));
    }

    @Test
    void anyAgeThatCanBeConfiguredCanBeAdded() {
        accept("auth_time", "253402300799".substring(0, 1), Optional.of(Duration.ofDays(36_500)));
        refuse(Reason.TOKEN_AUTH_TIME, "auth_time", "253402300799", Optional.of(Duration.ofDays(36_500)));
    }

    static Stream<Arguments> unreadableNumbers() {
        var numbers = List.of(
                "9223372036854775808",
                "-9223372036854775809",
                "1e309",
                "1e400",
                "-1e400",
                "1e2147483648",
                "1e99999999999999999999",
                "9".repeat(64),
                "9".repeat(65),
                "9".repeat(45_000),
                "0." + "0".repeat(45_000) + "1",
                "NaN",
                "-Infinity",
                "0x7fffffff",
                "1_795_262_400",
                "١٧٩٥٢٦٢٤٠٠",
                "1795262400n");
        return Stream.of("exp", "iat", "nbf", "auth_time", "unheard_of")
                .flatMap(claim -> numbers.stream().map(number -> arguments(claim, number)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("unreadableNumbers")
    void aNumberThatCannotBeHeldIsNoNumber(String claim, String number) {
        refuse(Reason.TOKEN_MALFORMED, claim, number, Optional.empty());
    }

    static Stream<Arguments> oddStrings() {
        var values = List.of(
                "\"\"",
                "\" \"",
                "\"\\t\\n\"",
                "\"\\u0000\"",
                "\"" + "x".repeat(40_000) + "\"",
                "\"\u202E" + CLIENT + "\"",
                "\"" + CLIENT + "\u200B\"",
                "\"\uFEFF" + CLIENT + "\"",
                "\"\uD83D\uDD11\"",
                "\"\u00E9\"",
                "\"e\u0301\"",
                "{}",
                "{\"" + CLIENT + "\":true}",
                "[]",
                "[[]]",
                "[true]",
                "[\"" + CLIENT + "\",{}]",
                "5",
                "0",
                "1.5",
                "true",
                "false");
        return Stream.of("iss", "sub", "aud", "azp", "nonce", "acr", "at_hash", "sid")
                .flatMap(claim -> values.stream().map(value -> arguments(claim, value)));
    }

    /** Only the provider's name for its session may be any string that names: it is compared, and never shown. */
    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("oddStrings")
    void aStringIsTheOneExpectedAndNothingLikeIt(String claim, String value) {
        if (claim.equals("sid") && value.startsWith("\"") && !BLANK.contains(value)) {
            accept(claim, value, Optional.empty());
        } else {
            refuse(REASONS.getOrDefault(claim, Reason.INTERNAL), claim, value, Optional.empty());
        }
    }

    static Stream<Arguments> unreadableStrings() {
        var values = List.of(
                "\"\\uD800\"",
                "\"\\uDFFF\\uD800\"",
                "\"x\\uD83D\"",
                "\"\n\"",
                "\"\\u00\"",
                "\"" + "x".repeat(1 << 20) + "\"",
                "\"unended",
                "'c1'",
                "[".repeat(10_000),
                "{\"a\":".repeat(10_000));
        return Stream.of("iss", "sub", "aud", "azp", "nonce", "acr", "at_hash", "sid", "unheard_of")
                .flatMap(claim -> values.stream().map(value -> arguments(claim, value)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("unreadableStrings")
    void whatCannotBeReadIsMalformed(String claim, String value) {
        refuse(Reason.TOKEN_MALFORMED, claim, value, Optional.empty());
    }

    /** A claim that restricts a token cannot be switched off by {@code null}; of others it is as good as nothing. */
    @ParameterizedTest
    @CsvSource({
        "iss,TOKEN_MALFORMED",
        "aud,TOKEN_MALFORMED",
        "azp,TOKEN_MALFORMED",
        "exp,TOKEN_MALFORMED",
        "nbf,TOKEN_MALFORMED",
        "at_hash,TOKEN_MALFORMED",
        "sid,TOKEN_MALFORMED",
        "events,TOKEN_MALFORMED",
        "sub,TOKEN_MALFORMED",
        "iat,TOKEN_ISSUED_AT",
        "nonce,TOKEN_MALFORMED",
        "acr,TOKEN_ACR"
    })
    void nullIsNoWayOut(String claim, Reason reason) {
        refuse(reason, claim, "null", Optional.empty());
        refuse(Reason.TOKEN_AUTH_TIME, "auth_time", "null", Optional.of(Duration.ofHours(1)));
        refuse(Reason.TOKEN_MALFORMED, "aud", "[\"" + CLIENT + "\",null]", Optional.empty());
        refuse(Reason.TOKEN_MALFORMED, "events", "{\"x\":null}", Optional.empty());
        accept("picture", "null", Optional.empty());
        accept("address", "{\"street\":null,\"lines\":[null]}", Optional.empty());
    }
}
