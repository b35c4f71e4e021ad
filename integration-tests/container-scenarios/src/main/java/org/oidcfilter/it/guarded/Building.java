// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.guarded;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What is inherited keeps the annotations that it has here. */
public class Building {
    @GET
    @Path("free")
    public String free() {
        return "free";
    }

    @GET
    @Path("cellar")
    @RolesAllowed("admin")
    public String cellar() {
        return "cellar";
    }

    @DenyAll
    public String overridden() {
        return "overridden";
    }
}
