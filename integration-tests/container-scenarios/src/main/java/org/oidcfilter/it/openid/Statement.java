// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.openid;

import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.AccessToken;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Shows the context; with {@code signout}, once more after the caller has signed out. */
@WebServlet({"/statement", "/public/statement"})
public class Statement extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient OpenIdContext context;

    @Inject
    private transient Account account;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain;charset=UTF-8");
        if (request.getParameter("signout") != null) {
            request.logout();
        }
        print(response.getWriter());
    }

    private void print(PrintWriter out) {
        out.println("subject: " + context.getSubject());
        out.println("token-type: " + context.getTokenType());
        out.println("access-token: " + digest(context.getAccessToken()));
        out.println("expires-in: " + context.getExpiresIn().orElse(-1L));
        out.println("email: " + context.getClaims().getEmail().orElse("none"));
        out.println("email-verified: " + context.getClaims().getEmailVerified().orElse("none"));
        out.println("json: " + context.getClaimsJson().getString("email", "none"));
        out.println("issuer: " + context.getProviderMetadata().getString("issuer", "none"));
        out.println("account: " + account.statement());
    }

    private static String digest(@Nullable AccessToken token) {
        return token == null ? "none" : Integer.toHexString(token.getToken().hashCode());
    }
}
