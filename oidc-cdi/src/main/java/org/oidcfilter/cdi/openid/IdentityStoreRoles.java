// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.Objects;
import java.util.Set;
import org.oidcfilter.RoleMapper;

/**
 * The groups that the identity stores of the application give a caller, besides those of the claims. A store that throws keeps the
 * caller out. One that says {@code INVALID} does not, as in any handler: the provider has said who they are, and a credential of the
 * provider's is none of the store's.
 */
public class IdentityStoreRoles implements RoleMapper {
    private final Instance<Object> beans;
    private final IdentityStoreHandler handler;

    /** Of the application that is starting. */
    public IdentityStoreRoles() {
        this(CDI.current().getBeanManager().createInstance());
    }

    IdentityStoreRoles(Instance<Object> beans) {
        this.beans = beans;
        this.handler =
                ComponentNames.lentTo(beans.select(IdentityStoreHandler.class).get());
        Objects.requireNonNull(handler.toString()); // creates it, which servers can in threads of their own only
    }

    @Override
    public Set<String> roles(EndUser user) {
        var context = beans.select(RequestContextController.class).get();
        var begun = context.activate();
        try {
            var result = handler.validate(new VerifiedCaller(user));
            if (result.getStatus() != Status.VALID) {
                throw new IllegalStateException("an identity store of the application refuses the caller");
            }
            return result.getCallerGroups();
        } finally {
            if (begun) {
                context.deactivate();
            }
        }
    }
}
