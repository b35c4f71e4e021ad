// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.servlet.CurrentLogin;

/** Our answers in the vocabulary of Jakarta REST. */
final class Replied {
    private Replied() {}

    static Response response(AccessDeniedException denied, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var reply = CurrentLogin.reply(request, response, denied);
        var builder = Response.status(reply.status());
        reply.headers().forEach(builder::header);
        reply.cookies().forEach(cookie -> builder.header(HttpHeaders.SET_COOKIE, cookie.header()));
        return reply.body().isEmpty()
                ? builder.build()
                : builder.entity(reply.body()).build();
    }
}
