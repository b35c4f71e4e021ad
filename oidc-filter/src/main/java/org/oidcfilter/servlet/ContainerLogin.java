// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcException;
import org.oidcfilter.Outcome;

/** The same, of a request that the container's own security has let in. */
record ContainerLogin(ServletRelyingParty party, HttpServletRequest request, ResponseCookies cookies)
        implements CurrentLogin.Edge {
    @Override
    public Optional<Outcome.Reply> demand(HttpServletResponse response, LoginRequirement login, boolean again)
            throws IOException {
        var nobody = party.remembered(request).isEmpty();
        var reply = party.require(request, cookies, login, again);
        if (nobody && reply.isEmpty()) {
            tellContainer(response);
        }
        return reply;
    }

    /** It asks us in its turn. */
    private void tellContainer(HttpServletResponse response) throws IOException {
        try {
            if (!request.authenticate(response)) {
                throw new IllegalStateException("the container does not take the caller");
            }
        } catch (ServletException e) {
            throw new IOException("the container does not take the caller", e);
        }
    }

    @Override
    public Outcome.Reply refuse(OidcException refusal) {
        return party.refuse(request, cookies, refusal);
    }

    @Override
    public void logout() throws ServletException {
        request.logout();
    }

    /** Nothing of the request. */
    @Override
    public String toString() {
        return "ContainerLogin";
    }
}
