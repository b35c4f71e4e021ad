// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What no filter for logins can do without, and nothing of a login: it looks at the session, names the caller to other code,
 * keeps caches from answering others, and has a request of its own to answer {@code getUserPrincipal}.
 */
public final class LeastFilter implements Filter {
    /** For the container. */
    public LeastFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletRequest) request;
        var session = http.getSession(false);
        if (session != null && session.getAttribute("nothing") == null) {
            var answer = (HttpServletResponse) response;
            answer.setHeader("Cache-Control", "no-store");
            answer.addHeader("Vary", "Cookie");
            http.setAttribute("caller", "somebody");
        }
        chain.doFilter(new HttpServletRequestWrapper(http), response);
    }
}
