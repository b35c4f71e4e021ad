// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.guarded;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A resource without annotations that calls the bean, and catches nothing. */
@RequestScoped
@Path("desk")
public class CallingResource {
    @Inject
    private @Nullable Calls calls;

    @GET
    @Path("{name}")
    public String call(@PathParam("name") String name) {
        return Objects.requireNonNull(calls).call(name);
    }
}
