// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.oidcfilter.Caller;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome;

/** A request that a container's own security asks us about, from the container's first question to the end of the answer. */
public final class ContainerExchange {
    private static final String COOKIES = "org.oidcfilter.cookies";
    private static final String DISPATCHED = AsyncContext.ASYNC_REQUEST_URI;

    private final ServletRelyingParty relyingParty;
    private final HttpServletRequest request;
    private final HttpServletResponse response;

    public ContainerExchange(
            ServletRelyingParty relyingParty, HttpServletRequest request, HttpServletResponse response) {
        this.relyingParty = relyingParty;
        this.request = request;
        this.response = response;
    }

    /**
     * What to tell the container.
     *
     * @param answered whether the request has been answered, so that nothing more is to be done with it
     * @param caller who makes it; nobody, unless the container lets such requests pass
     */
    public record Decision(boolean answered, Optional<Caller> caller) {
        private static final Decision ANSWERED = new Decision(true, Optional.empty());
    }

    /**
     * Decides; the second time it is the application that asks, in the middle of its request.
     *
     * @param constrained whether the container lets nobody pass who is not logged in
     */
    public Decision decide(boolean constrained) throws IOException {
        var current = current();
        return current.isPresent() ? asked(current.get()) : begun(constrained);
    }

    /** A request comes in, or is dispatched again. What is decided holds until the application has answered. */
    private Decision begun(boolean constrained) throws IOException {
        var demand = again() ? Demand.PASSIVE : constrained ? Demand.REQUIRED : Demand.OPEN;
        var othersAnswer = inAnotherThread();
        var cookies = new ResponseCookies(response);
        var answered = true;
        try {
            var decision = begun(demand, cookies);
            answered = decision.answered();
            return decision;
        } finally {
            if (answered || othersAnswer) {
                cookies.close();
            } else {
                request.setAttribute(COOKIES, cookies);
                relyingParty.offerToDemand(request, cookies);
            }
        }
    }

    private Decision begun(Demand demand, ResponseCookies cookies) throws IOException {
        var caller = relyingParty.remembered(request); // from before, if it is dispatched again
        if (caller.isPresent()) {
            return new Decision(false, caller);
        }
        var outcome = relyingParty.handle(request, demand, cookies);
        if (outcome instanceof Outcome.Reply reply) {
            OutcomeWriter.write(request, response, reply);
            return Decision.ANSWERED;
        }
        OutcomeWriter.prepare(response, outcome);
        return new Decision(false, relyingParty.remember(request, (Outcome.Proceed) outcome));
    }

    /** Tomcat asks about an asynchronous dispatch before it calls it one; but then we have been asked about the request before. */
    private boolean again() {
        return Dispatch.again(request)
                || (request.getAttribute(COOKIES) instanceof ResponseCookies
                        && request.getAttribute(DISPATCHED) != null);
    }

    private Decision asked(ResponseCookies cookies) throws IOException {
        var known = relyingParty.remembered(request);
        if (known.isPresent()) {
            return new Decision(false, known);
        }
        var outcome = relyingParty.challenge(request, cookies, again());
        if (outcome instanceof Outcome.Reply reply) {
            OutcomeWriter.write(request, response, reply);
            return Decision.ANSWERED;
        }
        return new Decision(false, ((Outcome.Proceed) outcome).caller());
    }

    /** The application has answered. Its error page comes after this, and may still want cookies; what runs in another thread may not. */
    public void answered() {
        if (request.isAsyncStarted() || again()) {
            end(request);
        }
    }

    /** The application calls {@code request.logout}. */
    public void logout() {
        var current = current();
        if (current.isPresent()) {
            relyingParty.end(request, current.get());
            return;
        }
        try (var cookies = new ResponseCookies(response)) {
            relyingParty.end(request, cookies);
        }
    }

    /** Nothing can be asked of the request from now on. */
    public static void end(ServletRequest request) {
        if (request.getAttribute(COOKIES) instanceof ResponseCookies cookies) {
            cookies.close();
        }
    }

    /** The application answers in another thread, and asks in this one: that answer goes on. */
    private boolean inAnotherThread() {
        return request.getAttribute(COOKIES) instanceof ResponseCookies cookies
                && !cookies.isOpen()
                && !cookies.isClosed();
    }

    private Optional<ResponseCookies> current() {
        return request.getAttribute(COOKIES) instanceof ResponseCookies cookies && cookies.isOpen()
                ? Optional.of(cookies)
                : Optional.empty();
    }
}
