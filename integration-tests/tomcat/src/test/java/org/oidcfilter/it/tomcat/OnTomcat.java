// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.tomcat;

import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.oidcfilter.it.scenarios.Container;

/** What is Tomcat's own. */
public final class OnTomcat implements Container {
    /** {@code oidc-filter} registers itself. */
    @Override
    public WebArchive securing(WebArchive constrained) {
        return constrained;
    }

    /** Tomcat remembers the id of the handshake. */
    @Override
    public Closing closing() {
        return Closing.UNLESS_THE_SESSION_HAS_A_NEW_ID;
    }
}
