// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.util.ServiceLoader;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** In what containers differ, where they may. The tests of each container bring one as a service. */
public interface Container {
    /** The container that the tests run on. */
    static Container current() {
        return ServiceLoader.load(Container.class).findFirst().orElseThrow();
    }

    /** An application with constraints, and with what this container needs in order to ask us by itself. */
    WebArchive securing(WebArchive constrained);

    /** How far the container closes web sockets by itself: Jakarta WebSocket 7.2 wants those of callers closed with their session. */
    enum Closing {
        NEVER,
        UNLESS_THE_SESSION_HAS_A_NEW_ID,
        ALWAYS
    }

    /** What this container does about web sockets. */
    Closing closing();

    /** Whether the container answers a {@code Cookie} header with 500 by itself, before any filter. */
    default boolean failsItself(String cookies) {
        return false;
    }

    /** Whether the container answers a dispatch with 500 by itself when its own session has ended since the request came. */
    default boolean failsDispatchesAfterItsSession() {
        return false;
    }

    /** What {@code request.login} says to whoever is logged in. */
    default String refusalOfAnotherLogin() {
        return "the OpenID Provider authenticates";
    }

    /**
     * Whether the container takes what {@code @HttpMethodConstraint} leaves to the other methods for uncovered, so that {@code
     * <deny-uncovered-http-methods/>} denies it.
     */
    default boolean deniesMethodsBesideAnnotatedOnes() {
        return false;
    }

    /** Whether {@code SecurityContext} asks for another login of whoever is logged in, where the container decides. */
    default boolean asksAgain() {
        return true;
    }

    /** What {@code SecurityContext} calls nobody, where the container decides. */
    default String nobody() {
        return "nobody";
    }
}
