// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.access;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.servlet.CurrentLogin;

/** Answers a request whose servlet met a bean that the caller may not call: with a login, or with 403. */
final class DeniedAccess implements Filter {
    /** Frameworks wrap what beans throw. */
    private static final int DEEPEST = 8;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            var denied = denial(failure);
            if (denied.isEmpty() || response.isCommitted()) {
                throw failure;
            }
            CurrentLogin.answer((HttpServletRequest) request, (HttpServletResponse) response, denied.get());
        }
    }

    private static Optional<AccessDeniedException> denial(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (var depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof AccessDeniedException denied) {
                return Optional.of(denied);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
