// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.jakarta;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.util.List;
import java.util.Map;
import org.oidcfilter.RequireAuthentication;

/** What scripts and people may call. Scripts get 401 where a person is sent to log in, and both 403 where that is no help. */
@Path("/")
@RequestScoped
@RolesAllowed("**")
@Produces("application/json")
public class Api {
    @Inject
    private OpenIdContext context;

    @Inject
    private OrderBook book;

    @GET
    @Path("me")
    public Map<String, Object> me() {
        return Map.of(
                "subject", context.getSubject(),
                "email", context.getClaims().getEmail().orElse(""),
                "tokenExpiresIn", context.getExpiresIn().orElse(0L));
    }

    @GET
    @Path("orders")
    public List<OrderBook.Order> orders() {
        return book.orders();
    }

    @POST
    @Path("orders")
    public void place(@FormParam("item") String item) {
        book.place(item);
    }

    /** For whoever has logged in during the last five minutes. */
    @DELETE
    @Path("orders/{id}")
    @RequireAuthentication(maxAge = 300)
    public void cancel(@PathParam("id") String id) {
        book.cancel(id);
    }
}
