// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.AccessDeniedException;

/** The answer where a resource calls a bean that the caller may not call. */
public class DeniedAccessMapper implements ExceptionMapper<AccessDeniedException> {
    @Context
    private @Nullable HttpServletRequest request;

    @Context
    private @Nullable HttpServletResponse response;

    /** For the container. */
    public DeniedAccessMapper() {}

    @Override
    public Response toResponse(AccessDeniedException denied) {
        try {
            return Replied.response(denied, Objects.requireNonNull(request), Objects.requireNonNull(response));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
