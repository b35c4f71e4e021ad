// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.guarded;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.oidcfilter.RequireAuthentication;

/** A bean that is a resource, too. */
@RequestScoped
@Path("office")
@RolesAllowed("user")
public class Office extends Building {
    @GET
    @Path("plain")
    public String plain() {
        return "plain";
    }

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return "open";
    }

    @GET
    @Path("closed")
    @DenyAll
    public String closed() {
        return "closed";
    }

    @GET
    @Path("admin")
    @RolesAllowed({"admin", "root"})
    public String admin() {
        return "admin";
    }

    @GET
    @Path("everybody")
    @RolesAllowed("**")
    public String everybody() {
        return "everybody";
    }

    @GET
    @Path("strong")
    @PermitAll
    @RequireAuthentication(acr = "mfa")
    public String strong() {
        return "strong";
    }

    @Override
    @GET
    @Path("overridden")
    public String overridden() {
        return "overridden";
    }

    @GET
    @Path("ruled")
    public String ruled() {
        return "ruled";
    }
}
