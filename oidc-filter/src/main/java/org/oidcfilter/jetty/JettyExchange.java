// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.security.AuthenticationState;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome;
import org.oidcfilter.servlet.Dispatch;
import org.oidcfilter.servlet.OutcomeWriter;
import org.oidcfilter.servlet.ResponseCookies;
import org.oidcfilter.servlet.ServletRelyingParty;

/** One request, from the time that Jetty asks who makes it until the application has answered. */
final class JettyExchange {
    static final String ATTRIBUTE = "org.oidcfilter.jetty.exchange";

    private final ServletRelyingParty party;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ResponseCookies cookies;

    JettyExchange(ServletRelyingParty party, ServletEnvironment environment, Request request) {
        this.party = party;
        this.request = environment.request(request);
        this.response = environment.response(request);
        this.cookies = new ResponseCookies(response);
    }

    /** Before the application sees it. Nobody is a state of its own, so that Jetty does not ask again. */
    AuthenticationState decide(Demand demand, Response answer, Callback callback) throws IOException {
        var goesOn = false;
        try {
            var outcome = party.handle(request, demand, cookies);
            if (outcome instanceof Outcome.Reply reply) {
                return replied(reply, answer, callback);
            }
            OutcomeWriter.prepare(response, outcome);
            var state = state(party.remember(request, (Outcome.Proceed) outcome));
            request.setAttribute(ATTRIBUTE, this);
            party.offerToDemand(request, cookies);
            goesOn = true;
            return state;
        } finally {
            if (!goesOn) {
                close();
            }
        }
    }

    /** The caller, if there is one, without any effect. */
    AuthenticationState.@Nullable Succeeded looked() throws IOException {
        return party.handle(request, Demand.PASSIVE, cookies) instanceof Outcome.Proceed proceed
                        && state(party.remember(request, proceed)) instanceof AuthenticationState.Succeeded succeeded
                ? succeeded
                : null;
    }

    /** The application asks for a login. */
    AuthenticationState challenged(Response answer, Callback callback) throws IOException {
        var outcome = party.challenge(request, cookies, Dispatch.again(request));
        if (outcome instanceof Outcome.Reply reply) {
            if (answer.isCommitted()) {
                throw new IllegalStateException("a login cannot be asked for once the response is committed");
            }
            response.resetBuffer();
            return replied(reply, answer, callback);
        }
        if (state(((Outcome.Proceed) outcome).caller()) instanceof AuthenticationState.Succeeded succeeded) {
            return succeeded;
        }
        callback.succeeded(); // nobody, where nothing can be sent: authenticate() is to return false
        return AuthenticationState.SEND_FAILURE;
    }

    /** Ends the session here. */
    void logout() {
        try {
            party.end(request, cookies);
        } catch (OidcException e) {
            throw Thrown.as(new ServletException("the session cannot be ended now", e));
        }
    }

    /** The application goes on with it, in this thread. */
    void open() {
        cookies.goOnHere();
    }

    /** The application has answered, or leaves that to another thread. */
    void close() {
        cookies.close();
    }

    private AuthenticationState state(Optional<Caller> caller) {
        return caller.isPresent() ? new Somebody(new Somebody.Identity(caller.get(), this)) : new Nobody(this);
    }

    private static AuthenticationState replied(Outcome.Reply reply, Response answer, Callback callback) {
        CoreReply.write(reply, answer, callback);
        return AuthenticationState.CHALLENGE;
    }
}
