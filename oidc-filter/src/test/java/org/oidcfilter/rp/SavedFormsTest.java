// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome.Reply;

/** A form that was posted when the session was over. */
class SavedFormsTest {
    private static final String FORM = "text=gr%C3%BC%C3%9Fe+%3Cb%3E&tag=a&tag=b&empty=&line=1%0D%0A2";
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final Application application = Application.with(Map.of("oidc.saved-posts", "true"));
    private final PlainBrowser browser = application.browser();

    @BeforeEach
    void logIn() throws Exception {
        browser.logIn("/page");
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void isSentAgainOnceItsOwnerHasLoggedInAgain() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        var page = comeBack(browser.reply(post(FORM)));
        assertEquals(200, page.status());
        assertEquals("no-store", page.headers().get("Cache-Control"));
        assertTrue(page.body().contains("<form method=\"post\" action=\"/app/comments?x=1\">"));
        assertEquals(List.of("text=grüße &lt;b&gt;", "tag=a", "tag=b", "empty=", "line=1\r\n2"), fields(page));
        assertTrue(browser.cookies.isEmpty(), "used up");
        assertTrue(browser.proceed(post(FORM)).caller().isPresent());
    }

    @Test
    void isSentAgainOnceItsOwnerHasLoggedInAsTheCodeDemands() throws Exception {
        var caller = browser.proceed(post(FORM)).caller();
        var request = post(FORM)
                .required(new LoginRequirement(List.of("mfa"), Optional.empty()))
                .demand(Demand.CHALLENGE)
                .cookies(browser.cookies)
                .session(browser.session);
        var demanded = assertInstanceOf(Reply.class, application.relyingParty.require(request, caller));
        demanded.cookies().forEach(browser::take);
        var page = comeBack(demanded);
        assertEquals(200, page.status());
        assertTrue(page.body().contains("<form method=\"post\" action=\"/app/comments?x=1\">"));
    }

    @Test
    void isNotSentForSomebodyElse() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        application.loginAs("bob");
        var redirect = comeBack(browser.reply(post(FORM)));
        assertEquals(302, redirect.status());
        assertEquals("http://127.0.0.1:8080/app/comments", location(redirect), "the page with the form");
    }

    @Test
    void isNotKeptForWhoHadNoSession() throws Exception {
        assertEquals(1, application.browser().reply(post(FORM)).cookies().size());
    }

    @Test
    void isNotKeptUnlessItComesFromAPageOfTheApplication() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        for (var site : List.of("cross-site", "same-site", "none")) {
            var other = application.browser();
            other.session.stored = browser.session.stored;
            assertEquals(
                    1,
                    other.reply(post(FORM).header("Sec-Fetch-Site", site))
                            .cookies()
                            .size(),
                    site);
        }
        var unknown = application.browser();
        unknown.session.stored = browser.session.stored;
        assertEquals(
                1,
                unknown.reply(post(FORM).withoutHeader("Sec-Fetch-Site").withoutHeader("Referer"))
                        .cookies()
                        .size());
    }

    @Test
    void isNotKeptForAScript() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        var reply = browser.reply(post(FORM).byScript());
        assertEquals(401, reply.status());
        assertTrue(reply.cookies().isEmpty());
    }

    @Test
    @Tag("DS-07")
    void isNotKeptIfItIsTooLargeOrNoForm() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        var noise = new StringBuilder("text=");
        for (var i = 0; noise.length() < 6000; i++) {
            noise.append(Integer.toHexString(Integer.toString(i).hashCode() * 31));
        }
        for (var body : List.of(noise.toString(), "text=" + "x".repeat(9000), "text=%FF", "a=1&".repeat(501))) {
            var other = application.browser();
            other.session.stored = browser.session.stored;
            assertEquals(1, other.reply(post(body)).cookies().size());
        }
    }

    @Test
    void aReplayedResponseDoesNotSendItTwice() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        var redirect = browser.reply(post(FORM));
        var cookies = Map.copyOf(browser.cookies);
        var callback = PlainBrowser.fromProvider(location(redirect));
        assertEquals(200, browser.reply(callback).status());
        browser.cookies.putAll(cookies);
        var again = browser.reply(callback);
        assertEquals(302, again.status());
        assertFalse(again.body().contains("text"));
    }

    @Test
    void isGivenUpWhereItsAddressCannotBeRepeated() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        var request = PlainRequest.post("/comments?q=100%", FORM).header("Sec-Fetch-Site", "same-origin");
        assertEquals(1, browser.reply(request).cookies().size());
    }

    @Test
    void aFieldCalledSubmitDoesNotKeepItFromBeingSent() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        var page = comeBack(browser.reply(post("submit=Save")));
        assertTrue(page.body().contains("<script>HTMLFormElement.prototype.submit.call(document.forms[0])</script>"));
    }

    @Test
    void waitsForItsOwnLoginOnly() throws Exception {
        application.clock.advance(Duration.ofMinutes(31));
        var formLogin = browser.reply(post(FORM));
        var otherTab = browser.reply(PlainRequest.get("/other"));
        assertEquals("http://127.0.0.1:8080/app/other", location(comeBack(otherTab)));
        assertEquals(200, comeBack(formLogin).status());
    }

    @Test
    void isNotKeptUnlessTheOperatorWantsIt() throws Exception {
        try (var plain = Application.standard()) {
            var user = plain.browser();
            user.logIn("/page");
            plain.clock.advance(Duration.ofMinutes(31));
            assertEquals(1, user.reply(post(FORM)).cookies().size());
        }
    }

    private static PlainRequest post(String form) {
        return PlainRequest.post("/comments?x=1", form)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Referer", "http://127.0.0.1:8080/app/comments");
    }

    private Reply comeBack(Reply redirect) throws Exception {
        return browser.reply(PlainBrowser.fromProvider(location(redirect)));
    }

    private static List<String> fields(Reply page) {
        return FIELD.matcher(page.body())
                .results()
                .map((MatchResult field) -> field.group(1) + "=" + field.group(2))
                .filter(field -> !field.startsWith("viewport"))
                .toList();
    }
}
