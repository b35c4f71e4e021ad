// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcException;
import org.oidcfilter.Outcome;

/** The login behind a request, of which the application may demand more while it answers. */
public final class CurrentLogin {
    /** The request attribute by which whoever let the request in can be asked. */
    static final String ATTRIBUTE = "org.oidcfilter.login";

    private CurrentLogin() {}

    /** Whoever let the request in: the filter, or an edge in the container's own security. */
    interface Edge {
        /**
         * Decides; from then on the request has a caller. Otherwise what is to be answered.
         *
         * @param again whether no login can begin in the dispatch that the application sees, which some containers show it alone
         */
        Optional<Outcome.Reply> demand(HttpServletResponse response, LoginRequirement login, boolean again)
                throws IOException;

        /** What is to be answered where the application refuses the caller. */
        Outcome.Reply refuse(OidcException refusal);

        /** Ends the session, as the application's own request would. */
        void logout() throws ServletException;
    }

    /**
     * Demands that whoever makes the request is logged in as {@code requirement} says, and as {@code oidc.login-rules} do. Where that is not
     * so, a person is sent to the provider and comes back to the same page; a script gets 401 with what it takes (RFC 9470). The same is
     * answered to everybody where no login can begin: in an asynchronous or error dispatch, and in another thread.
     *
     * <p>Call it before the body of the request is read, which may have to be kept for the time after the login.
     *
     * @param requirement {@link LoginRequirement#NONE} for just a login
     * @return whether it is so; if not, the request has been answered, and the application must not go on
     * @throws IllegalStateException if neither the filter nor the container's security has asked us about this request, or if it is not so
     *     and cannot be answered: the response is committed, or the application answers a part of another page ({@code INCLUDE})
     */
    public static boolean require(
            HttpServletRequest request, HttpServletResponse response, LoginRequirement requirement) throws IOException {
        var reply = edge(request).demand(response, requirement, Dispatch.again(request));
        if (reply.isPresent()) {
            answer(request, response, reply.get());
        }
        return reply.isEmpty();
    }

    /**
     * What to answer where the application's code refuses its caller: the way to the login that would help, or 403. For frameworks.
     *
     * @throws IllegalStateException as {@link #require}
     */
    public static Outcome.Reply reply(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied) throws IOException {
        var edge = edge(request);
        var login = denied.login();
        return (login.isPresent()
                        ? edge.demand(response, login.get(), Dispatch.again(request))
                        : Optional.<Outcome.Reply>empty())
                .orElseGet(() -> edge.refuse(denied));
    }

    /**
     * Ends the session as {@code request.logout()} of the application's own request does, also for code that has another view of it.
     *
     * @throws ServletException if the session cannot be ended now
     * @throws IllegalStateException if neither the filter nor the container's security has asked us about this request
     */
    public static void logout(HttpServletRequest request) throws ServletException {
        edge(request).logout();
    }

    /** Answers it so. */
    public static void answer(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        answer(request, response, reply(request, response, denied));
    }

    private static Edge edge(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Edge edge) {
            return edge;
        }
        throw new IllegalStateException("a login cannot be demanded: neither is the OIDC filter mapped to this"
                + " request, nor has the container's security asked about it");
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, Outcome.Reply reply)
            throws IOException {
        if (request.getDispatcherType() == DispatcherType.INCLUDE) {
            throw new IllegalStateException("a login cannot be asked for by a part of a page");
        }
        OutcomeWriter.write(request, response, reply);
    }
}
