// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcException;
import org.oidcfilter.Outcome.Reply;

class CurrentLoginTest {
    private boolean loggedOut;
    private static final LoginRequirement MFA = new LoginRequirement(List.of("mfa"), Optional.empty());

    private final Exchange exchange = new Exchange();

    private boolean require() throws IOException {
        return CurrentLogin.require(new HttpServletRequestWrapper(exchange.request()), exchange.response(), MFA);
    }

    private void edgeAnswers(Optional<Reply> reply) {
        exchange.attributes.put(CurrentLogin.ATTRIBUTE, new CurrentLogin.Edge() {
            @Override
            public Optional<Reply> demand(HttpServletResponse response, LoginRequirement login, boolean again) {
                assertEquals(MFA, login);
                return reply;
            }

            @Override
            public Reply refuse(OidcException refusal) {
                return new Reply(403, Map.of(), List.of(), refusal.reason().code());
            }

            @Override
            public void logout() {
                loggedOut = true;
            }
        });
    }

    private void edgeRefuses() {
        edgeAnswers(Optional.of(new Reply(302, Map.of("Location", "https://id.example/"), List.of(), "")));
    }

    @Test
    void theApplicationGoesOnWhereTheLoginIsAsDemanded() throws IOException {
        edgeAnswers(Optional.empty());
        assertTrue(require());
        assertEquals(List.of(), exchange.calls);
    }

    @Test
    void theRequestIsAnsweredWhereItIsNot() throws IOException {
        edgeRefuses();
        assertFalse(require());
        assertTrue(exchange.calls.contains("setStatus 302"));
        assertEquals("https://id.example/", exchange.header("Location"));
    }

    @Test
    void nothingCanBeDemandedOfARequestThatNobodyAskedUsAbout() {
        assertThrows(IllegalStateException.class, this::require);
    }

    @Test
    void nobodyPassesWhereThereIsAnAnswerAlready() {
        edgeRefuses();
        exchange.committed = true;
        assertThrows(IllegalStateException.class, this::require);
    }

    /** Containers leave the status and the headers of an included part away. */
    @Test
    void nobodyPassesInAPartOfAPageThatCannotAnswer() throws IOException {
        edgeRefuses();
        exchange.with("getDispatcherType", DispatcherType.INCLUDE);
        assertThrows(IllegalStateException.class, this::require);
        assertEquals(List.of(), exchange.calls);
        edgeAnswers(Optional.empty());
        assertTrue(require());
    }

    @Test
    void whoMayNotWhateverTheyDoIsNotSentAway() throws IOException {
        edgeRefuses();
        var denied = AccessDeniedException.forbidden("nobody may call this");
        assertEquals(
                "forbidden",
                CurrentLogin.reply(exchange.request(), exchange.response(), denied)
                        .body());
        CurrentLogin.answer(exchange.request(), exchange.response(), denied);
        assertTrue(exchange.calls.contains("setStatus 403"));
    }

    @Test
    void whoCanHelpThemselvesByALoginIsSentThere() throws IOException {
        edgeRefuses();
        for (var denied : List.of(AccessDeniedException.nobody(MFA), AccessDeniedException.insufficient(MFA))) {
            assertEquals(
                    302,
                    CurrentLogin.reply(exchange.request(), exchange.response(), denied)
                            .status());
        }
    }

    @Test
    void whatIsDeniedIsNeverAnsweredWithNothing() throws IOException {
        edgeAnswers(Optional.empty());
        assertEquals(
                403,
                CurrentLogin.reply(exchange.request(), exchange.response(), AccessDeniedException.insufficient(MFA))
                        .status());
    }

    @Test
    void whoeverHasAnotherViewOfTheRequestEndsTheSameSession() throws ServletException {
        edgeAnswers(Optional.empty());
        CurrentLogin.logout(new HttpServletRequestWrapper(exchange.request()));
        assertTrue(loggedOut);
    }
}
