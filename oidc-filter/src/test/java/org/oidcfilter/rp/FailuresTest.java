// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcException;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.SetCookie;
import org.oidcfilter.protocol.Json;

class FailuresTest {
    private static final PlainRequest PERSON = PlainRequest.get("/page");
    private static final PlainRequest SCRIPT = PERSON.byScript();
    private static final Site SITE = new Site(PlainRequest.ORIGIN, PlainRequest.CONTEXT, "/oidc");
    private static final Pattern ENTRY = Pattern.compile("\\[([0-9a-f]{12})] ([a-z_]+): (.*)", Pattern.DOTALL);
    private static final String FOREIGN = "gift<script>\r\n[123456789012] internal: \u202e\u2028";

    private final Failures failures = new Failures();
    private final LogRecorder log = new LogRecorder();

    @AfterEach
    void stop() {
        log.close();
    }

    /** Each reason in each way that it can be thrown. */
    static Stream<OidcException> failures() {
        return Stream.of(Reason.values())
                .flatMap(reason -> Stream.of(
                        new InvalidResponseException(reason, FOREIGN, new IllegalStateException(FOREIGN)),
                        new ProviderUnavailableException(reason, FOREIGN, Duration.ofSeconds(7), null),
                        new ProviderErrorException(reason, "invalid_request")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aPersonSeesAdviceCodeAndReferenceAndTheLogHasThemOnce(OidcException failure) {
        var page = failures.reply(PERSON, SITE, failure, Failures.Way.NONE);
        var reference = loggedOnce(failure);
        assertTrue(page.body().contains("Code: " + failure.reason().code() + "<"), page.body());
        assertTrue(page.body().contains("Reference: " + reference + "<"), page.body());
        assertTrue(page.body().contains("<h1>" + Answer.to(failure).heading() + "</h1>"), page.body());
        assertEquals("text/html;charset=UTF-8", page.headers().get("Content-Type"));
        assertConsistent(failure, page);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aScriptSeesCodeAndReferenceOnly(OidcException failure) {
        var answer = failures.reply(SCRIPT, SITE, failure, Failures.Way.NONE);
        var reference = loggedOnce(failure);
        var body = Json.parse(answer.body());
        assertEquals(List.of("error", "reference"), List.copyOf(body.keySet()));
        assertEquals(failure.reason().code(), body.get("error"));
        assertEquals(reference, body.get("reference"));
        assertEquals("application/json", answer.headers().get("Content-Type"));
        assertConsistent(failure, answer);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void theLogSaysWhatToDo(Reason reason) {
        failures.reply(PERSON, SITE, new InvalidResponseException(reason, "expected a, got b"), Failures.Way.NONE);
        var remedy = Catalogue.of(reason).remedy().replace("`", "");
        assertTrue(log.lines().get(0).contains(": expected a, got b. What to do: " + remedy), log.lines()::toString);
    }

    @Test
    void theLogIsLoudWhereSomebodyHasToAct() {
        assertEquals(Level.FINE, level(new InvalidResponseException(Reason.FORBIDDEN, "no role")));
        assertEquals(Level.INFO, level(new InvalidResponseException(Reason.LOGIN_EXPIRED, "late")));
        assertEquals(Level.INFO, level(new ProviderErrorException(Reason.LOGIN_REFUSED, "access_denied")));
        assertEquals(Level.WARNING, level(new ProviderErrorException(Reason.LOGIN_REFUSED, "invalid_scope")));
        assertEquals(Level.WARNING, level(new InvalidResponseException(Reason.TOKEN_SIGNATURE, "wrong")));
        assertEquals(Level.WARNING, level(unavailable(Reason.METADATA_ISSUER)));
        assertEquals(Level.SEVERE, level(unavailable(Reason.INTERNAL)));
        assertEquals(Level.SEVERE, level(new ConfigurationException(List.of("wrong"))));
    }

    @ParameterizedTest
    @CsvSource({
        "LOGIN_REFUSED, access_denied, 403",
        "LOGIN_REFUSED, login_required, 400",
        "LOGIN_REFUSED, temporarily_unavailable, 503",
        "LOGIN_REFUSED, server_error, 503",
        "TOKEN_ERROR, invalid_grant, 400",
        "TOKEN_ERROR, access_denied, 403",
        "TOKEN_ERROR, temporarily_unavailable, 503"
    })
    void whatTheProviderAnswersDecides(Reason reason, String error, int status) {
        var reply = failures.reply(PERSON, SITE, new ProviderErrorException(reason, error), Failures.Way.NONE);
        assertEquals(status, reply.status());
        assertEquals(status == 503, reply.headers().containsKey("Retry-After"));
        assertFalse(reply.body().contains(error), "the log has it");
        assertTrue(log.lines().get(0).contains("error=" + error), log.lines()::toString);
    }

    @Test
    void theRequestDecidesWhereItIsToBlame() {
        assertEquals(403, invalid(Reason.FORBIDDEN).status());
        assertEquals(403, invalid(Reason.INSECURE_TRANSPORT).status());
        assertEquals(401, invalid(Reason.LOGIN_REQUIRED).status());
        assertEquals(405, invalid(Reason.METHOD_NOT_ALLOWED).status());
        assertEquals(413, invalid(Reason.TOO_LARGE).status());
        assertEquals(500, invalid(Reason.INTERNAL).status());
        assertEquals(503, invalid(Reason.METADATA_INVALID).status());
        assertEquals(400, invalid(Reason.PROVIDER_JSON).status());
        assertEquals(400, invalid(Reason.TOKEN_SIGNATURE).status());
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 1", "PT0.4S, 1", "PT7.9S, 7", "PT1M, 60"})
    void retryAfterIsWhatTheFailureSaysAndNeverAtOnce(Duration wait, String seconds) {
        var failure = new ProviderUnavailableException(Reason.PROVIDER_UNREACHABLE, "down", wait, null);
        var reply = failures.reply(SCRIPT, SITE, failure, Failures.Way.NONE);
        assertEquals(seconds, reply.headers().get("Retry-After"));
    }

    @Test
    void anInternalErrorShowsItsClassAndPlaceInTheLogAndNothingOnThePage() {
        var failure = new IllegalStateException(FOREIGN, new IllegalArgumentException(FOREIGN));
        for (var request : List.of(PERSON, SCRIPT)) {
            log.lines().clear();
            var reply = failures.internal(request, SITE, failure, Failures.Way.NONE);
            assertEquals(500, reply.status());
            var entry = ENTRY.matcher(String.join("", log.lines()));
            assertTrue(entry.matches(), log.lines()::toString);
            assertEquals(1, log.lines().size());
            assertTrue(entry.group(3).startsWith(IllegalStateException.class.getName() + ". What to do: "));
            assertTrue(entry.group(3).contains("    at org.oidcfilter.rp.FailuresTest."), entry.group(3));
            assertFalse(entry.group(3).contains("gift"), entry.group(3));
            assertTrue(reply.body().contains(entry.group(1)) && reply.body().contains("internal"), reply.body());
            assertFalse(reply.body().contains("gift") || reply.body().contains("IllegalState"), reply.body());
        }
    }

    @Test
    void aDefectBehindTheProviderLeavesItsPlaceInTheLogToo() {
        var cause = new IllegalArgumentException(FOREIGN);
        var failure = new ProviderUnavailableException(
                Reason.INTERNAL, "no metadata: " + cause.getClass().getName(), Duration.ofSeconds(1), cause);
        failures.reply(PERSON, SITE, failure, Failures.Way.NONE);
        assertTrue(log.lines().get(0).contains("    at org.oidcfilter.rp.FailuresTest."), log.lines()::toString);
        assertFalse(log.lines().get(0).contains("gift"), log.lines()::toString);
    }

    @Test
    void whatKeepsNobodyFromGoingOnIsLoggedWithoutAReference() {
        Failures.note("signed out here only", unavailable(Reason.PROVIDER_STATUS));
        assertEquals(1, log.lines().size());
        assertTrue(log.lines().get(0).startsWith("signed out here only: provider_status: down. What to do: "));
    }

    @Test
    void aRetryIsOfferedWhereThereIsSomethingToRetryAndTheCookieIsSet() {
        var spent = new SetCookie("login", "", "/app/", Duration.ZERO, true);
        var way = new Failures.Way(Optional.of("/app/page?a=1&b=2"), Optional.of(spent));
        var reply = failures.reply(PERSON, SITE, unavailable(Reason.PROVIDER_STATUS), way);
        assertTrue(reply.body().contains("?return_to=%2Fapp%2Fpage%3Fa%3D1%26b%3D2\">Try again<"), reply.body());
        assertEquals(List.of(spent), reply.cookies());
        assertFalse(invalid(Reason.STATE_UNKNOWN).body().contains("Try again<"));
    }

    @Test
    void referencesDiffer() {
        var failure = new InvalidResponseException(Reason.TOKEN_NONCE, "wrong");
        for (var i = 0; i < 50; i++) {
            failures.reply(SCRIPT, SITE, failure, Failures.Way.NONE);
        }
        assertEquals(
                50,
                log.lines().stream()
                        .map(line -> line.substring(1, 13))
                        .distinct()
                        .count());
    }

    @Test
    void answersOfOneStatusAndHeadingFitTogether() {
        for (var answer : EnumSet.allOf(Answer.class)) {
            var passes = answer == Answer.UNAVAILABLE || answer == Answer.PAUSED;
            assertEquals(answer.status() == 503, passes, answer::name);
            assertEquals(answer.heading().contains("right now"), passes, answer::name);
            assertEquals(answer.status() == 500, answer.level() == System.Logger.Level.ERROR, answer::name);
            assertTrue(answer.advice().endsWith("."), answer::name);
            if (answer.heading().contains("Sign")) {
                assertTrue(Set.of(400, 403, 503).contains(answer.status()), answer::name);
            }
        }
    }

    private Reply invalid(Reason reason) {
        return failures.reply(PERSON, SITE, new InvalidResponseException(reason, "wrong"), Failures.Way.NONE);
    }

    private Level level(OidcException failure) {
        failures.reply(SCRIPT, SITE, failure, Failures.Way.NONE);
        return log.levels().get(log.levels().size() - 1);
    }

    private static ProviderUnavailableException unavailable(Reason reason) {
        return new ProviderUnavailableException(reason, "down", Duration.ofSeconds(1), null);
    }

    /** One entry, on one line unless it is a defect, with no text of others that looks like an entry; its reference. */
    private String loggedOnce(OidcException failure) {
        assertEquals(1, log.lines().size(), log.lines()::toString);
        var entry = ENTRY.matcher(log.lines().get(0));
        assertTrue(entry.matches(), log.lines()::toString);
        assertEquals(failure.reason().code(), entry.group(2));
        var first = entry.group(3).lines().findFirst().orElseThrow();
        assertFalse(first.codePoints().anyMatch(c -> Character.getType(c) == Character.FORMAT || c == 0x2028), first);
        if (failure.reason() != Reason.INTERNAL) {
            assertEquals(first, entry.group(3));
        }
        return entry.group(1);
    }

    private static void assertConsistent(OidcException failure, Reply reply) {
        var answer = Answer.to(failure);
        assertEquals(answer.status(), reply.status());
        assertEquals(reply.status() == 503, reply.headers().containsKey("Retry-After"));
        if (failure instanceof ProviderUnavailableException) {
            assertEquals(503, reply.status());
            assertEquals("7", reply.headers().get("Retry-After"));
        }
        assertEquals("no-store", reply.headers().get("Cache-Control"));
        assertFalse(reply.headers().containsKey("Location"));
        for (var foreign :
                List.of("gift", "123456789012", "invalid_request", "Exception", "What to do", "oidcfilter.")) {
            assertFalse(reply.body().contains(foreign), foreign);
        }
    }
}
