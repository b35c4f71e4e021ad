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

    /** A request comes in, or is dispatched in another thread. */
    private Decision begun(boolean constrained) throws IOException {
        var cookies = new ResponseCookies(response);
        var caller = relyingParty.remembered(request); // from before, if it is dispatched again
        if (caller.isEmpty()) {
            var outcome = relyingParty.handle(request, demand(constrained), cookies);
            if (outcome instanceof Outcome.Reply reply) {
                try (cookies) {
                    OutcomeWriter.write(request, response, reply);
                }
                return Decision.ANSWERED;
            }
            OutcomeWriter.prepare(response, outcome);
            caller = relyingParty.remember(request, (Outcome.Proceed) outcome);
        }
        request.setAttribute(COOKIES, cookies);
        return new Decision(false, caller);
    }

    /** Tomcat asks about an asynchronous dispatch before it calls it one; but then we have been asked about the request before. */
    private boolean again() {
        return Dispatch.again(request)
                || (request.getAttribute(COOKIES) instanceof ResponseCookies
                        && request.getAttribute(DISPATCHED) != null);
    }

    private Demand demand(boolean constrained) {
        if (again()) {
            return Demand.PASSIVE;
        }
        return constrained ? Demand.REQUIRED : Demand.OPEN;
    }

    private Decision asked(ResponseCookies cookies) throws IOException {
        var known = relyingParty.remembered(request);
        if (known.isPresent()) {
            return new Decision(false, known);
        }
        var demand = again() ? Demand.PASSIVE : Demand.CHALLENGE;
        var outcome = relyingParty.handle(request, demand, cookies);
        if (outcome instanceof Outcome.Reply reply) {
            OutcomeWriter.write(request, response, reply);
            return Decision.ANSWERED;
        }
        outcome.cookies().forEach(cookies::set);
        return new Decision(false, relyingParty.remember(request, (Outcome.Proceed) outcome));
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

    private Optional<ResponseCookies> current() {
        return request.getAttribute(COOKIES) instanceof ResponseCookies cookies && cookies.isOpen()
                ? Optional.of(cookies)
                : Optional.empty();
    }
}
