// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import org.oidcfilter.Reason;

/** Failures that lie in the application, its surroundings, or a request to it. */
final class RequestReasons {
    static final List<Explanation> ALL = List.of(
            new Explanation(
                    Reason.CONFIGURATION,
                    Answer.BROKEN,
                    "The settings cannot work. The application does not start, and the exception lists every problem.",
                    "Correct the settings that it names; `docs/configuration.md` describes them all."),
            new Explanation(
                    Reason.INSECURE_TRANSPORT,
                    Answer.INSECURE,
                    "A request that needs a login came over plain http for a host that is not this machine. Usually a"
                            + " proxy in front speaks https and the container does not know.",
                    "Set `oidc.external-url` to the address that browsers see, or switch on the container's own support"
                            + " for its trusted proxy. If there is no https yet, there has to be."),
            new Explanation(
                    Reason.AMBIGUOUS_PATH,
                    Answer.UNANSWERABLE,
                    "The path of the request can be read in more than one way: it has an empty or dot segment, a"
                            + " backslash, a control character, or one of `.`, `/`, `\\`, `%`, `;` percent-encoded; or a"
                            + " response came to the redirect URI in another spelling than the one sent. Mostly it is"
                            + " somebody looking for a way around the access rules.",
                    "Nothing, unless the application makes such links itself: let it put names of that kind in the"
                            + " query."),
            new Explanation(
                    Reason.METHOD_NOT_ALLOWED,
                    Answer.WRONG_METHOD,
                    "One of the filter's own addresses was called with a method that it does not have.",
                    "Use a method of the `Allow` header. Links and forms to the sign-in and sign-out addresses are `GET`"
                            + " and `POST`."),
            new Explanation(
                    Reason.TOO_LARGE,
                    Answer.TOO_LARGE,
                    "A form that was posted to one of the filter's own addresses is larger than such forms are.",
                    "Nothing, if it is rare. If the provider's responses are that large, set `oidc.response-mode` to"
                            + " `query`."),
            new Explanation(
                    Reason.FORBIDDEN,
                    Answer.FORBIDDEN,
                    "The caller has none of the roles that the path needs, or nobody may call it by this method.",
                    "If the caller should pass: look at the caller's roles at `/oidc/user`, at the claims that"
                            + " `oidc.roles-claim` names, at the settings that change what they say (`docs/guides/roles.md`),"
                            + " at `oidc.path-rules` and at the annotations of the servlet."),
            new Explanation(
                    Reason.ROLE_MAPPER_FAILED,
                    Answer.UNAVAILABLE,
                    "The class that `oidc.role-mapper` names threw an exception, returned `null`, or gave no answer within"
                            + " `oidc.provider-timeout`, so that nobody knows what the caller may do. Whoever it fails for"
                            + " cannot log in meanwhile. Who is logged in keeps the roles from before, except those that the"
                            + " provider has withdrawn. The log has the kind of exception and where it happened, but not its"
                            + " message, which could hold anything.",
                    "Look at that line of the application's code, and at what it needs: its database, its directory. If it"
                            + " fails for one person only: at what is special about their claims."),
            new Explanation(
                    Reason.LOGIN_REQUIRED,
                    Answer.LOGIN_REQUIRED,
                    "A script asked for something that needs a login, and nobody is logged in, or not any more. It is"
                            + " told where a person can log in. This is everyday business and not logged.",
                    "Let the script send the person to the `login_url` of the answer. If a person saw it: the browser"
                            + " did not say that it was navigating."),
            new Explanation(
                    Reason.INSUFFICIENT_USER_AUTHENTICATION,
                    Answer.LOGIN_REQUIRED,
                    "A script asked for something that needs a stronger or fresher login than the caller's, by"
                            + " `oidc.login-rules`, `@RequireAuthentication` or the application's code. It is told what it takes (RFC 9470). This is everyday business and not"
                            + " logged.",
                    "Let the script send the person to the `login_url` of the answer, which asks for just that; the script"
                            + " may append `&return_to=` with the page to come back to."),
            new Explanation(
                    Reason.LOGIN_UNATTAINABLE,
                    Answer.BROKEN,
                    "`oidc.acr-values` or `oidc.login-rules` and the application (`@RequireAuthentication`, or its code) both"
                            + " name values of `acr`, and none in common. No login has two, so that nobody is sent to the"
                            + " provider for one.",
                    "Name all values that suffice in the setting, the stronger ones of the application as well. The log has"
                            + " both lists."),
            new Explanation(
                    Reason.INTERNAL,
                    Answer.BROKEN,
                    "Something failed that should not have: in the filter, in the container's session store, or in code"
                            + " of the application that the filter calls. The log has the kind of exception and where it"
                            + " happened, but not its message, which could hold anything.",
                    "If the trace in the log begins in the application or the container, look there; otherwise please"
                            + " report it as a defect."));

    private RequestReasons() {}
}
