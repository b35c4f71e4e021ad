// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The application's own names ({@code java:comp}) in threads of ours: some servers have them in threads of theirs only, and lend
 * them (Jakarta Concurrency 3.0 section 3.3). Stores that find their data source by such a name are the rule.
 */
final class ComponentNames {
    private static final String LENDER = "java:comp/DefaultContextService";

    private ComponentNames() {}

    /** The handler with the names that the current thread has; as it is, where nobody lends any. */
    @SuppressWarnings("BanJNDI") // a constant, in the server's own name space
    static IdentityStoreHandler lentTo(IdentityStoreHandler handler) {
        try {
            return InitialContext.doLookup(LENDER) instanceof ContextService lender
                    ? lender.createContextualProxy(handler, IdentityStoreHandler.class)
                    : handler;
        } catch (NamingException | LinkageError e) {
            return handler;
        }
    }
}
