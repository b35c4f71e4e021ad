// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.definition;

import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Where every login ends; shows the context. */
@WebServlet("/Callback")
public class Callback extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient OpenIdContext context;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        var out = response.getWriter();
        out.println("subject: " + context.getSubject());
        out.println("token: " + (context.getAccessToken() == null ? "none" : context.getAccessToken()));
        out.println("name: " + context.getClaims().getName().orElse("none"));
        out.println("original: "
                + context.<String>getStoredValue(request, response, OpenIdConstant.ORIGINAL_REQUEST)
                        .orElse("none"));
    }
}
