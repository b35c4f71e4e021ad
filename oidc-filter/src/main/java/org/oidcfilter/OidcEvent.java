// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.time.Instant;
import java.util.Optional;

/**
 * What has happened, for an audit log and the like. It is told once, after the fact, where it happened: in the thread, and on the
 * node, of the request in question. It holds no token, and its {@code toString} says nothing about the person.
 *
 * <p>Nothing is told of sessions that end in another way: because their time is over, the application invalidates them, or
 * somebody else logs in in the same browser. The container has listeners for the end of its sessions.
 */
public sealed interface OidcEvent {
    /** When. */
    Instant at();

    /** The provider that vouches for callers ({@code iss}). */
    String issuer();

    /**
     * A login has led to a session. If the caller had one before in the same browser, this one takes its place.
     *
     * @param caller who, with their roles
     * @param acr how they proved it ({@code acr}), where the provider told
     * @param authenticatedAt when they did ({@code auth_time}), where the provider told
     */
    record LoggedIn(Instant at, OidcSession.Identity caller, Optional<String> acr, Optional<Instant> authenticatedAt)
            implements OidcEvent {
        @Override
        public String issuer() {
            return caller.issuer();
        }
    }

    /**
     * The tokens of a session were renewed, and are stored. Nodes that share what one of them got tell nothing.
     *
     * @param caller who, with the roles from now on
     */
    record Refreshed(Instant at, OidcSession.Identity caller) implements OidcEvent {
        @Override
        public String issuer() {
            return caller.issuer();
        }
    }

    /**
     * A logout. It may end several sessions, or none that is still there: a logout token is told of when it is stored, whatever
     * node has the sessions that it means.
     *
     * @param subject whose sessions; empty if only the {@code sid} is known
     * @param sid the session at the provider that has ended, where there is one
     * @param everywhere whether all sessions of the subject in this application have ended
     * @param cause what ended them
     */
    record LoggedOut(
            Instant at,
            String issuer,
            Optional<String> subject,
            Optional<String> sid,
            boolean everywhere,
            LogoutCause cause)
            implements OidcEvent {
        /** Nothing about the person. */
        @Override
        public String toString() {
            return "LoggedOut[at=" + at + ", issuer=" + issuer + ", everywhere=" + everywhere + ", cause=" + cause
                    + "]";
        }
    }

    /** What ends sessions. */
    enum LogoutCause {
        /** The application called {@code request.logout()}. */
        APPLICATION,
        /** The person followed the logout link. */
        LINK,
        /** The provider sent a logout token. */
        BACK_CHANNEL,
        /** A page of the provider showed the logout address in a frame. */
        FRONT_CHANNEL,
        /** The provider does not renew the session's tokens any more, or not so that it can be believed. */
        REFRESH_REFUSED
    }

    /**
     * Something that was to begin or end sessions was refused. Strangers can cause this as often as they like, and write
     * what they like: nothing of it is here.
     *
     * @param what what was refused
     * @param reason why
     * @param reference what the answer and the log name this incident by
     */
    record Rejected(Instant at, String issuer, Rejectable what, Reason reason, String reference) implements OidcEvent {}

    /** What can be refused. */
    enum Rejectable {
        /** An authentication response: what it says itself, the tokens that it leads to, or what is made of them. */
        LOGIN,
        /** A logout token. */
        LOGOUT_TOKEN
    }
}
