// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.oidcfilter.it.scenarios.Container;

/** What is WildFly's own. */
public final class OnWildFly implements Container {
    @Override
    public WebArchive securing(WebArchive constrained) {
        return Mechanism.addedTo(constrained);
    }

    /** Undertow keeps the sockets in the session. */
    @Override
    public Closing closing() {
        return Closing.ALWAYS;
    }

    /** Undertow refuses to parse values that are not ASCII, and Weld asks it to at the beginning of each request. */
    @Override
    public boolean failsItself(String cookies) {
        return cookies.matches(".*=[^;]*[\\x80-\\xff].*");
    }

    /** Weld asks the session before anybody else is asked. */
    @Override
    public boolean failsDispatchesAfterItsSession() {
        return true;
    }

    @Override
    public boolean deniesMethodsBesideAnnotatedOnes() {
        return true;
    }

    /** Undertow asks nobody who is logged in. */
    @Override
    public boolean asksAgain() {
        return false;
    }

    /** WildFly's own {@code SecurityContext} has a principal for nobody. */
    @Override
    public String nobody() {
        return "anonymous";
    }
}
