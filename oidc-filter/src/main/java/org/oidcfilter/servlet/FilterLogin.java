// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcException;
import org.oidcfilter.Outcome;

/** What the application may ask for in the middle of a request that the filter has let in. */
final class FilterLogin implements CallerRequest.Authentication, CurrentLogin.Edge {
    private final ServletRelyingParty party;
    private final HttpServletRequest request;
    private final ResponseCookies cookies;
    private final CallerRequest shown;

    private FilterLogin(
            ServletRelyingParty party, HttpServletRequest request, @Nullable Caller caller, ResponseCookies cookies) {
        this.party = party;
        this.request = request;
        this.cookies = cookies;
        this.shown = new CallerRequest(request, caller, this);
    }

    /** The request as the application is to see it. */
    static HttpServletRequest shown(
            ServletRelyingParty party, HttpServletRequest request, @Nullable Caller caller, ResponseCookies cookies) {
        var login = new FilterLogin(party, request, caller, cookies);
        request.setAttribute(CurrentLogin.ATTRIBUTE, login);
        return login.shown;
    }

    @Override
    public @Nullable Caller authenticate(HttpServletRequest asked, HttpServletResponse response) throws IOException {
        var outcome = party.challenge(asked, cookies, Dispatch.again(asked));
        if (outcome instanceof Outcome.Reply reply) {
            OutcomeWriter.write(asked, response, reply);
            return null;
        }
        return ((Outcome.Proceed) outcome).caller().orElse(null);
    }

    @Override
    public void logout(HttpServletRequest asked) {
        party.end(asked, cookies);
    }

    @Override
    public Optional<Outcome.Reply> demand(HttpServletResponse response, LoginRequirement login, boolean again)
            throws IOException {
        var reply = party.require(request, cookies, login, again);
        party.remembered(request).ifPresent(shown::become);
        return reply;
    }

    @Override
    public Outcome.Reply refuse(OidcException refusal) {
        return party.refuse(request, cookies, refusal);
    }

    @Override
    public void logout() throws ServletException {
        shown.logout();
    }
}
