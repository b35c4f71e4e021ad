// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.definition;

import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For users only; groups come from a claim. */
@WebServlet("/Secured")
@OpenIdAuthenticationMechanismDefinition(
        providerURI = "${openid.provider}",
        clientId = "${openid.clientId}",
        clientSecret = "${openid.clientSecret}",
        redirectURI = "${openid.redirect}",
        redirectToOriginalResourceExpression = "${openid.toOriginal}")
@ServletSecurity(@HttpConstraint(rolesAllowed = "user"))
public class Secured extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("name: " + request.getUserPrincipal().getName());
        response.getWriter().println("query: " + request.getQueryString());
    }
}
