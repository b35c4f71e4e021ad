// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import org.oidcfilter.Reason;

/** What a page tells a person about a failure: what to do, and nothing that helps to find out which check failed. */
final class Advice {
    private Advice() {}

    static String heading(Reason reason) {
        return switch (reason) {
            case FORBIDDEN -> "Not allowed";
            case AMBIGUOUS_PATH, METHOD_NOT_ALLOWED, TOO_LARGE -> "This request cannot be answered";
            case PROVIDER_UNREACHABLE, PROVIDER_STATUS, PROVIDER_MEDIA_TYPE, PROVIDER_JSON ->
                "Signing in is not possible right now";
            case LOGOUT_STATE_UNKNOWN -> "Signed out?";
            case INTERNAL -> "Something went wrong";
            default -> "Signing in did not work";
        };
    }

    static String text(Reason reason) {
        return switch (reason) {
            case FORBIDDEN ->
                "You are signed in, but you may not see this page. If you think you should, ask the person who "
                        + "looks after this application.";
            case AMBIGUOUS_PATH, METHOD_NOT_ALLOWED, TOO_LARGE -> "Please go to the start page and try from there.";
            case LOGIN_EXPIRED -> "Signing in took too long. Please start again.";
            case LOGIN_REFUSED -> "The sign-in service did not sign you in.";
            case STATE_UNKNOWN ->
                "This page belongs to a sign-in that is over or was started elsewhere. If it happens "
                        + "every time, allow cookies for this site.";
            case STATE_USED -> "This page has been used before. Please go to the start page.";
            case PROVIDER_UNREACHABLE, PROVIDER_STATUS, PROVIDER_MEDIA_TYPE, PROVIDER_JSON ->
                "The sign-in service cannot be reached. Please try again in a moment.";
            case INSECURE_TRANSPORT -> "This page can be used over a secure connection (https) only.";
            case LOGOUT_STATE_UNKNOWN ->
                "The sign-in service sent you back from a sign-out that this browser did not start, or "
                        + "started long ago.";
            case INTERNAL ->
                "Please try again. If it happens again, tell the person who looks after this application the "
                        + "reference below.";
            default ->
                "The answer of the sign-in service was not accepted. Please try again; if it happens again, tell the "
                        + "person who looks after this application the code and reference below.";
        };
    }
}
