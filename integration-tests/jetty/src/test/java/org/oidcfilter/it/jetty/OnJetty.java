// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.jetty;

import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.oidcfilter.it.scenarios.Container;

/** What is Jetty's own. */
public final class OnJetty implements Container {
    @Override
    public WebArchive securing(WebArchive constrained) {
        return JettyWebXml.addedTo(constrained);
    }

    /** Jetty does not look at sessions. */
    @Override
    public Closing closing() {
        return Closing.NEVER;
    }

    /** Jetty does not ask us then. */
    @Override
    public String refusalOfAnotherLogin() {
        return "Already authenticated";
    }
}
