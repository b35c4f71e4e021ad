// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.lang.System.Logger.Level;
import java.util.Set;
import org.oidcfilter.OidcException;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.ProviderUnavailableException;

/**
 * How a failure is answered: the status, how loudly it is logged, and what a page tells a person. That is what to do, and
 * nothing that helps to find out which check failed.
 */
enum Answer {
    FORBIDDEN(
            403,
            Level.DEBUG,
            "Not allowed",
            "You may not see this page. If you think you should, ask the person who looks after this application."),
    LOGIN_REQUIRED(401, Level.DEBUG, "Please sign in", "This page is for people who are signed in."),
    INSECURE(
            403,
            Level.WARNING,
            "A secure connection is needed",
            "This page can be used over a secure connection (https) only."),
    UNANSWERABLE(400, Level.INFO, Text.UNANSWERABLE, Text.START_PAGE),
    WRONG_METHOD(405, Level.INFO, Text.UNANSWERABLE, Text.START_PAGE),
    TOO_LARGE(413, Level.INFO, Text.UNANSWERABLE, Text.START_PAGE),

    NOT_ACCEPTED(
            400,
            Level.WARNING,
            Text.NO_LOGIN,
            "The answer of the sign-in service was not accepted. Please try again; " + Text.TELL),
    REFUSED(
            400,
            Level.WARNING,
            Text.NO_LOGIN,
            "The sign-in service did not sign you in. Please try again; " + Text.TELL),
    DENIED(403, Level.INFO, Text.NO_LOGIN, "The sign-in service did not sign you in."),
    LATE(400, Level.INFO, Text.NO_LOGIN, "Signing in took too long. Please start again."),
    UNKNOWN(
            400,
            Level.WARNING,
            Text.NO_LOGIN,
            "This page belongs to a sign-in that is over or was started elsewhere. If it happens every time, allow"
                    + " cookies for this site."),
    REPEATED(400, Level.INFO, Text.NO_LOGIN, "This page has been used before. Please go to the start page."),
    LOGGED_OUT(
            401,
            Level.INFO,
            "You were signed out",
            "You were signed out while you were signing in. Please sign in again."),
    UNKNOWN_LOGOUT(
            400,
            Level.INFO,
            "Signed out?",
            "The sign-in service sent you back from a sign-out that this browser did not start, or started long ago."),

    UNAVAILABLE(
            503,
            Level.WARNING,
            "Signing in is not possible right now",
            "The sign-in service cannot be used at the moment. Please try again a little later; " + Text.TELL),
    PAUSED(
            503,
            Level.WARNING,
            "This page is not available right now",
            "You are still signed in, as far as we know. Please try again in a moment; " + Text.TELL),
    BROKEN(500, Level.ERROR, "Something went wrong", "Please try again; " + Text.TELL);

    private static final Set<String> BUSY = Set.of("temporarily_unavailable", "server_error");

    private final int status;
    private final Level level;
    private final String heading;
    private final String advice;

    Answer(int status, Level level, String heading, String advice) {
        this.status = status;
        this.level = level;
        this.heading = heading;
        this.advice = advice;
    }

    /** The answer to {@code failure}: that of its reason, unless the provider is the one to wait for, or said no. */
    static Answer to(OidcException failure) {
        if (failure instanceof ProviderUnavailableException) {
            return UNAVAILABLE;
        }
        if (failure instanceof ProviderErrorException provider && BUSY.contains(provider.error())) {
            return UNAVAILABLE;
        }
        if (failure instanceof ProviderErrorException provider
                && provider.error().equals("access_denied")) {
            return DENIED;
        }
        return Catalogue.of(failure.reason()).answer();
    }

    int status() {
        return status;
    }

    Level level() {
        return level;
    }

    String heading() {
        return heading;
    }

    String advice() {
        return advice;
    }

    /** What several answers say. */
    private static final class Text {
        static final String UNANSWERABLE = "This request cannot be answered";
        static final String START_PAGE = "Please go to the start page and try from there.";
        static final String NO_LOGIN = "Signing in did not work";
        static final String TELL = "if it happens again, tell the person who looks after this application the code and"
                + " reference below.";

        private Text() {}
    }
}
