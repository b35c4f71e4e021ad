// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.oidcfilter.Caller;

/** Some containers drop the headers of a response that ends on the error page, which would make it one for caches. */
final class PersonalErrorPages implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(Caller.ATTRIBUTE) != null && response instanceof HttpServletResponse http) {
            keepPersonal(http);
        }
        chain.doFilter(request, response);
    }

    static void keepPersonal(HttpServletResponse response) {
        if (!response.isCommitted() && response.getHeader("Cache-Control") == null) {
            response.setHeader("Cache-Control", "no-store");
        }
    }
}
