// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.RawRequest.Answer;

/** Requests that no browser sends, and what reaches the browser in return; the ids are those of docs/attacks.md. */
public interface HostileRequestScenarios extends SessionIdScenarios {

    /** The web application behind the filter. */
    static WebArchive war(DevelopmentProvider provider) {
        return TestWar.named("hostile")
                .filter()
                .sessionsByUrlToo()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.public-paths", "/public/*"))
                .archive();
    }

    /** The web application in a container that enforces constraints. */
    static WebArchive containerWar(DevelopmentProvider provider) {
        return TestWar.named("hostile-container")
                .constrained()
                .sessionsByUrlToo()
                .settings(ProtectedApplication.trust(provider))
                .archive();
    }

    @Test
    @Tag("AR-24")
    default void onlyTheRedirectUriItselfTakesResponses() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page toCallback = browser.follow(browser.visit(at("whoami")));
        String query = "?" + toCallback.location().getRawQuery();

        for (String variant :
                List.of("/", "/x", ";x=y", ";jsessionid=1", "%2f", "%2F", "/.", "//", "%00", "\\", "%3bx", ".do")) {
            Answer answer = sent(browser, RawRequest.get(path("oidc/callback") + variant + query));
            assertRefused(answer, variant);
        }
        for (String variant : List.of("oidc/CALLBACK", "OIDC/callback", "oidc/c%61llback", "oidc;x/callback")) {
            assertRefused(sent(browser, RawRequest.get(path(variant) + query)), variant);
        }
        assertEquals(0, provider().requests("/token").size());
        assertEquals("alice", browser.followAll(toCallback).line("subject"));
    }

    @Test
    @Tag("DS-09")
    @Tag("AR-25")
    default void hugeParametersAreRefusedAtOnce() {
        String callback = path("oidc/callback");
        String many = IntStream.range(0, 10_000).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));
        List<RawRequest> huge = List.of(
                RawRequest.get(callback + "?code=x&state=" + "s".repeat(64 * 1024)),
                RawRequest.get(callback + "?" + many),
                RawRequest.get(callback).form("state=s&code=" + "x".repeat(1024 * 1024)),
                RawRequest.get(callback).form(many));
        assertTimeout(Duration.ofSeconds(60), () -> {
            for (RawRequest request : huge) {
                Answer answer = request.to(application());
                assertTrue(Set.of(400, 413, 414, 431).contains(answer.status()), "status " + answer.status());
                answer.assertQuiet();
            }
        });
        assertEquals(0, provider().requests().size(), "nobody is asked");
    }

    @Test
    @Tag("AQ-06")
    default void malformedCookiesDisturbNobody() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page toCallback = browser.follow(browser.visit(at("whoami")));
        String name = browser.cookieNames(toCallback.location()).stream()
                .filter(cookie -> cookie.startsWith("oidc-"))
                .findFirst()
                .orElseThrow();
        List<String> malformed = List.of(
                "oidc_state",
                "=;;=",
                ";",
                "=",
                name,
                name + "=",
                name + "=\"",
                name + "=\"quoted\"",
                name + "=a b, c\\",
                name + "=\u00e9\u00ff",
                "\u00e9=1",
                "$Version=1; " + name + "=\"x\"; $Path=\"/\"",
                IntStream.range(0, 200).mapToObj(i -> "c" + i + "=" + i).collect(Collectors.joining("; ")));
        for (String cookies : malformed) {
            for (String page : List.of("whoami", "public/whoami", "oidc/user", "oidc/callback?code=x&state=y")) {
                Answer answer =
                        RawRequest.get(path(page)).header("Cookie", cookies).to(application());
                answer.assertQuiet();
                if (Container.current().failsItself(cookies)) {
                    assertFalse(answer.isOurs(), "the server reads such cookies by now");
                    continue;
                }
                assertTrue(answer.status() < 500, answer.status() + " for " + cookies);
                assertTrue(page.startsWith("public") || answer.status() != 200, page + " for " + cookies);
            }
        }
        assertEquals(0, provider().requests("/token").size());
        assertEquals("alice", browser.followAll(toCallback).line("subject"));
    }

    @Test
    @Tag("AQ-09")
    default void aChallengeHoldsNothingOfThePageAndRunsNoneOfIt() {
        String before = new Browser().visit(at("public/vault")).line("opened");
        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get")) {
            for (RawRequest request : List.of(
                    RawRequest.get(path("vault")), RawRequest.get(path("vault")).byScript())) {
                Answer answer = request.method(method).to(application());
                assertTrue(answer.status() >= 300 && answer.status() < 600, method + " " + answer.status());
                assertFalse(answer.body().contains("TREASURE"), method);
                assertFalse(answer.headers().toString().contains("TREASURE"), method);
            }
        }
        Answer head = RawRequest.get(path("vault")).method("HEAD").to(application());
        assertEquals(302, head.status());
        assertEquals("", head.body());
        assertEquals("", RawRequest.get(path("vault")).to(application()).body());
        assertEquals(before, new Browser().visit(at("public/vault")).line("opened"));
        assertTrue(loggedIn("alice").open(at("vault")).hasLine("secret"));
    }

    @Test
    @Tag("AQ-10")
    @Tag("SE-13")
    default void noCacheKeepsAChallengeForTheNext() {
        Answer first = RawRequest.get(path("whoami")).to(application());
        Answer second = RawRequest.get(path("whoami")).to(application());
        Answer script = RawRequest.get(path("whoami")).byScript().to(application());
        for (Answer answer : List.of(first, second, script)) {
            assertEquals("no-store", answer.header("Cache-Control"));
        }
        assertEquals(List.of(302, 302, 401), List.of(first.status(), second.status(), script.status()));
        assertNotEquals(first.header("Location"), second.header("Location"));
        assertNotEquals(first.header("Set-Cookie"), second.header("Set-Cookie"));
        assertEquals("", script.header("Set-Cookie"));
    }

    @Test
    @Tag("IL-03")
    @Tag("IL-04")
    default void theCallbackLeavesNoCodeBehind() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        Page toCallback = browser.follow(browser.visit(at("whoami")));
        String callback = path("oidc/callback") + "?" + toCallback.location().getRawQuery();

        Answer failure = RawRequest.get(callback).to(application());
        assertEquals(400, failure.status());
        assertFalse(failure.body().contains("//"), "nothing of another host");
        Answer success = sent(browser, RawRequest.get(callback));
        assertEquals(302, success.status());
        assertEquals(at("whoami"), URI.create(success.header("Location")));
        assertEquals("", success.body());
        for (Answer answer : List.of(failure, success)) {
            assertEquals("no-referrer", answer.header("Referrer-Policy"));
            assertEquals("no-store", answer.header("Cache-Control"));
            answer.assertQuiet();
        }
    }

    @Test
    @Tag("IL-07")
    default void theUserEndpointIsForOurOwnPagesOnly() {
        Browser browser = loggedIn("alice");
        RawRequest foreign = RawRequest.get(path("oidc/user")).byScript().header("Origin", "https://evil.example");
        Answer answer = sent(browser, foreign);
        assertEquals(200, answer.status());
        assertEquals("no-store", answer.header("Cache-Control"));
        assertFalse(answer.body().contains("_token"), answer.body());
        assertFalse(answer.body().replaceAll("proof=[^\"]+", "").contains("eyJ"), "the proof of a logout is sealed");
        Answer preflight = sent(
                browser,
                foreign.method("OPTIONS")
                        .header("Access-Control-Request-Method", "GET")
                        .header("Access-Control-Request-Headers", "x"));
        assertEquals(405, preflight.status());
        for (Answer any : List.of(answer, preflight)) {
            assertFalse(any.headers().toString().toLowerCase(Locale.ROOT).contains("access-control-"));
        }
    }

    @Test
    @Tag("IL-10")
    default void ourRepliesNameNoProductAndNoVersion() {
        Browser browser = loggedIn("bob");
        List<RawRequest> requests = List.of(
                RawRequest.get(path("oidc/callback?code=x")),
                RawRequest.get(path("oidc/user")).method("DELETE"),
                RawRequest.get(path("oidc/callback")).form("code=" + "x".repeat(100_000)),
                RawRequest.get(path("whoami")),
                RawRequest.get(path("whoami")).byScript(),
                RawRequest.get(path("oidc/logout/callback?state=x")));
        List<Answer> answers = new ArrayList<>();
        requests.forEach(request -> answers.add(request.to(application())));
        answers.add(sent(browser, RawRequest.get(path("admin"))));
        assertEquals(
                List.of(400, 405, 413, 302, 401, 400, 403),
                answers.stream().map(Answer::status).toList());
        for (Answer answer : answers) {
            assertTrue(answer.isOurs(), "status " + answer.status());
            answer.assertQuiet();
        }
    }

    /** Neither a session nor an exchange came of it: a page, or the way to the provider that any other path leads to. */
    private void assertRefused(Answer answer, String what) {
        boolean challenged = answer.status() == 302
                && answer.header("Location").startsWith(provider().issuer());
        assertTrue(challenged || Set.of(400, 404).contains(answer.status()), what + " " + answer.status());
        answer.assertQuiet();
    }

    private Answer sent(Browser browser, RawRequest request) {
        return request.header("Cookie", browser.cookieHeader(at("oidc/callback")))
                .to(application());
    }

    /** A request target below the context path. */
    private String path(String page) {
        return application().getPath() + page;
    }
}
