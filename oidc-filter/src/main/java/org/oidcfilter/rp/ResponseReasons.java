// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import org.oidcfilter.Reason;

/** Failures that lie in what the browser brings back from the provider, or brings to one of our addresses. */
final class ResponseReasons {
    private static final String NOBODY_HARMED = "Nothing, if it is rare: nobody was logged in. ";

    static final List<Explanation> ALL = List.of(
            new Explanation(
                    Reason.RESPONSE_MALFORMED,
                    Answer.UNANSWERABLE,
                    "The parameters that came to one of the filter's own addresses are not well-formed, too many or too"
                            + " long, or the form was read before the filter saw it.",
                    NOBODY_HARMED + "Otherwise map the OIDC filter before other filters, and see that no proxy rewrites"
                            + " the query."),
            new Explanation(
                    Reason.RESPONSE_DUPLICATE_PARAMETER,
                    Answer.UNANSWERABLE,
                    "A parameter occurs more than once, so that two readers could take two different values.",
                    NOBODY_HARMED + "Otherwise look for a proxy or a link that adds the parameter a second time."),
            new Explanation(
                    Reason.RESPONSE_MODE,
                    Answer.NOT_ACCEPTED,
                    "The provider answered by another method than it was asked to, for instance with a redirect where a"
                            + " form was expected.",
                    "Set `oidc.response-mode` to what the provider does: `query` or `form_post`."),
            new Explanation(
                    Reason.RESPONSE_CODE_MISSING,
                    Answer.NOT_ACCEPTED,
                    "The authentication response has neither a code nor an error.",
                    "See that the client is registered for the authorization code flow (response type `code`)."),
            new Explanation(
                    Reason.RESPONSE_UNREQUESTED_TOKEN,
                    Answer.NOT_ACCEPTED,
                    "Tokens came through the browser. The filter never asks for that, and does not look at them.",
                    "See that the client is registered for response type `code` only. If it is, somebody tries to plant"
                            + " a token."),
            new Explanation(
                    Reason.STATE_MISSING,
                    Answer.NOT_ACCEPTED,
                    "The authentication response has no `state`, so it belongs to no login. Somebody opened the callback"
                            + " address, or the provider started a login by itself.",
                    "Let portals link to `/oidc/login` instead of the callback."),
            new Explanation(
                    Reason.STATE_UNKNOWN,
                    Answer.UNKNOWN,
                    "This browser has no login pending with that `state`: its cookie is gone, blocked or was set for"
                            + " another host, the key that protects cookies has changed, or the response is somebody else's.",
                    "If it happens to everybody: use one host name throughout and set `oidc.external-url` to it; with"
                            + " several nodes, give all of them the same `oidc.cookie-keys`. If it happens to one person:"
                            + " let them allow cookies."),
            new Explanation(
                    Reason.STATE_USED,
                    Answer.REPEATED,
                    "The same response came a second time: a reload, the back button, or a replay.",
                    "Nothing: it was not accepted again."),
            new Explanation(
                    Reason.LOGIN_EXPIRED,
                    Answer.LATE,
                    "The person took longer to log in at the provider than a login may take.",
                    "Raise `oidc.login-timeout` if people need more time."),
            new Explanation(
                    Reason.ISSUER_MISSING,
                    Answer.NOT_ACCEPTED,
                    "The provider's metadata promise `iss` with every response, and this one has none. It may have come"
                            + " from another provider.",
                    "If it happens every time, the provider breaks its promise"
                            + " (`authorization_response_iss_parameter_supported`): correct it there."),
            new Explanation(
                    Reason.ISSUER_MISMATCH,
                    Answer.NOT_ACCEPTED,
                    "The response says that it comes from another issuer than the login was started at.",
                    "Compare `oidc.issuer` with the `issuer` in the provider's discovery document, letter by letter. If"
                            + " they agree, somebody mixes up two providers on purpose."),
            new Explanation(
                    Reason.LOGIN_REFUSED,
                    Answer.REFUSED,
                    "The provider answered the login with an error, which the log names. 403 for `access_denied`, 503 for"
                            + " `server_error` and `temporarily_unavailable`, 400 for any other.",
                    "`access_denied`: the person or the provider's policy said no. `invalid_scope`: look at `oidc.scope`."
                            + " `unauthorized_client`, `unsupported_response_type`: allow this client the authorization"
                            + " code flow. Anything else: look into the provider's log."),
            new Explanation(
                    Reason.LOGIN_PARAMETER,
                    Answer.UNANSWERABLE,
                    "A link or form to `/oidc/login` asks for a login with a value that cannot be; the log names the"
                            + " parameter.",
                    "Correct the link or form. If it is none of yours: nothing, no login was started."),
            new Explanation(
                    Reason.INITIATING_ISSUER_UNKNOWN,
                    Answer.UNANSWERABLE,
                    "Somebody's link to `/oidc/login` names a provider that this application does not use.",
                    "Correct `iss` in the link to the value of `oidc.issuer`."),
            new Explanation(
                    Reason.LOGOUT_STATE_UNKNOWN,
                    Answer.UNKNOWN_LOGOUT,
                    "The browser came back from a logout that it did not start, or that it started long ago.",
                    NOBODY_HARMED + "If it happens every time: use one host name throughout, and set `oidc.cookie-keys`"
                            + " for several nodes."));

    private ResponseReasons() {}
}
