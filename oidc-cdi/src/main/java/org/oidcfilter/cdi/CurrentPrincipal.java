// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import java.security.Principal;
import org.oidcfilter.Caller;

/**
 * The caller for beans that know nothing of us, where the server does not know them; throws {@link IllegalStateException} while
 * nobody is logged in.
 */
record CurrentPrincipal(Caller caller) implements Principal {
    @Override
    public String getName() {
        return caller.getName();
    }

    /** Nothing of the caller. */
    @Override
    public String toString() {
        return "CurrentPrincipal";
    }
}
