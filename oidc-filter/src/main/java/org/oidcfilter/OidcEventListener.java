// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

/**
 * Is told what has happened. {@code oidc.event-listeners} names classes of the application, which need a public constructor
 * without parameters. There is one instance of each, for all threads. It is no bean, so that nothing is injected into it; beans
 * observe events instead. If it is {@link AutoCloseable} it is closed when the filter ends.
 */
@FunctionalInterface
public interface OidcEventListener {
    /**
     * Called in the thread of the request, which waits for it: whatever takes its time is to be handed to another thread.
     * {@link OidcEvent.Rejected} is told as often as strangers like; who queues it needs a bound.
     *
     * <p>It cannot change what has happened. An exception is logged, without what it says, and the others are told all the same.
     */
    void on(OidcEvent event);
}
