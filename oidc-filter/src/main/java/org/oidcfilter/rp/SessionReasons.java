// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import org.oidcfilter.Reason;

/** Failures of sessions that live on, and of their ends. */
final class SessionReasons {
    private static final String NOBODY_SIGNED_OUT = "nobody was signed out. ";
    private static final String AT_THE_PROVIDER =
            "It has to be corrected at the provider. If it happens once, take it for an" + " attack: "
                    + NOBODY_SIGNED_OUT.strip();

    static final List<Explanation> ALL = List.of(
            new Explanation(
                    Reason.REFRESH_REFUSED,
                    Answer.REFUSED,
                    "The provider refused to renew the tokens of a session; the log names its error. `invalid_grant`: the"
                            + " person's session there has ended, and so has the one here. Anything else: the session goes"
                            + " on, and the provider is asked again.",
                    "`invalid_grant`: nothing. `invalid_client`, `unauthorized_client`: allow this client the refresh token"
                            + " grant, and compare its secret. Set `oidc.refresh` to `false` to do without."),
            new Explanation(
                    Reason.REVOCATION_REFUSED,
                    Answer.REFUSED,
                    "The provider refused to revoke a token after a logout; the log names its error. The logout is done, the"
                            + " token lives on until it expires.",
                    "Allow this client to revoke its tokens, or set `oidc.revoke-tokens` to `false`."),
            new Explanation(
                    Reason.SESSION_TOO_LARGE,
                    Answer.UNAVAILABLE,
                    "What the provider sent is more than fits into the cookies that a session may take. Nobody with tokens of"
                            + " that size can sign in; a session whose tokens have grown ends.",
                    "Keep fewer tokens (`oidc.session-tokens`), let the provider put fewer claims into them, or raise"
                            + " `oidc.session-cookie-size` together with the size of request headers that the server and"
                            + " every proxy accept. Or keep sessions in the container (`oidc.session`)."),
            new Explanation(
                    Reason.SESSION_OVER,
                    Answer.LOGIN_REQUIRED,
                    "The application asked for an access token, and the session had ended: by a logout, or by itself.",
                    "Nothing. An application that works on after its request was answered has to expect that."),
            new Explanation(
                    Reason.ACCESS_TOKEN_UNAVAILABLE,
                    Answer.UNAVAILABLE,
                    "The application asked for an access token, and there is none, or it has expired and cannot be renewed.",
                    "Let the provider hand out refresh tokens to this client (often by adding `offline_access` to"
                            + " `oidc.scope`), and leave `oidc.refresh` at `true`."),
            new Explanation(
                    Reason.SHARED_STATE_UNAVAILABLE,
                    Answer.PAUSED,
                    "The engine that the nodes share (`oidc.shared-state`) gave no answer, or not within"
                            + " `oidc.shared-state-timeout`. Until it does, nobody can tell whether a logout has ended a"
                            + " session, so none is served, and none is ended; nobody can log in; and a logout token is"
                            + " refused: it ends what it means on this node all the same, and on the others once the engine"
                            + " answers this node again, or when the provider sends it again.",
                    "See whether the engine runs and whether this node reaches it; the log of the engine's client says"
                            + " more. Nothing else has to be done: the filter tries again by itself."),
            new Explanation(
                    Reason.LOGGED_OUT_MEANWHILE,
                    Answer.LOGGED_OUT,
                    "While the person was signing in, the same session ended: the provider reported it, or the person signed out"
                            + " in another tab.",
                    "Nothing, if it is rare. If it happens to everybody: see that the clocks of all nodes agree."),
            new Explanation(
                    Reason.LOGOUT_SCOPE,
                    Answer.UNANSWERABLE,
                    "A link or form to `/oidc/logout` has a `scope` that does not exist.",
                    "Correct it to `here`, `provider` or `everywhere`."),
            logoutToken(
                    Reason.LOGOUT_TOKEN_MISSING,
                    "The request to the back-channel logout address has no `logout_token`.",
                    "Nothing, if it is rare: " + NOBODY_SIGNED_OUT.strip()),
            logoutToken(
                    Reason.LOGOUT_TOKEN_TARGET,
                    "The logout token has neither `sub` nor `sid`, so that it is about nobody.",
                    AT_THE_PROVIDER),
            logoutToken(
                    Reason.LOGOUT_TOKEN_EVENT,
                    "The token does not say by its `events` that it is a logout token. An ID token in place of one looks"
                            + " like that.",
                    AT_THE_PROVIDER),
            logoutToken(
                    Reason.LOGOUT_TOKEN_NONCE,
                    "The logout token has a `nonce`. An ID token in place of one looks like that.",
                    AT_THE_PROVIDER),
            logoutToken(
                    Reason.LOGOUT_TOKEN_JTI,
                    "The logout token has no `jti`, or one that is no name, so that a second use could not be noticed.",
                    AT_THE_PROVIDER),
            logoutToken(
                    Reason.LOGOUT_TOKEN_REPLAYED,
                    "A logout token came a second time. It has no further effect: who has signed in since stays in.",
                    "Nothing, if it is rare: some providers repeat what was answered late. Otherwise take it for an attack."));

    private SessionReasons() {}

    private static Explanation logoutToken(Reason reason, String cause, String remedy) {
        return new Explanation(reason, Answer.NOT_ACCEPTED, cause, remedy);
    }
}
