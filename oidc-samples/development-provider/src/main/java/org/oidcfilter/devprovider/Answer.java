// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.function.Supplier;

/** What an endpoint says instead of the truth. */
@FunctionalInterface
public interface Answer {
    /**
     * Answers one request. It may block, for instance on a latch; closing the provider interrupts it.
     *
     * @param request what was asked
     * @param honest works out the honest answer, with all its effects (a code is used up); call it at most once
     * @throws Exception to hang up without an answer; anything but an {@code IOException} is logged, since it is probably
     *     a mistake in the test
     */
    Reply to(Request request, Supplier<Reply> honest) throws Exception;
}
