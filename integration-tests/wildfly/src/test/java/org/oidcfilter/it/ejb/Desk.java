// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.ejb;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bean of which the container checks who calls it. */
@Stateless
public class Desk {
    @Resource
    private @Nullable SessionContext context;

    /** For administrators. */
    @RolesAllowed("admin")
    public String drawer() {
        return "open";
    }

    /** For everybody: who calls, and whether as an administrator. */
    @PermitAll
    public String caller() {
        var known = Objects.requireNonNull(context);
        return known.getCallerPrincipal().getName() + " " + known.isCallerInRole("admin");
    }
}
