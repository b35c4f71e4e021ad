// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Remembers what was asked of the provider, up to a number that no test reaches and a long demo does not outgrow. */
final class Recorder {
    private static final int LIMIT = 10_000;

    private final Deque<Request> requests = new ArrayDeque<>();

    synchronized void record(Request request) {
        if (requests.size() == LIMIT) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized List<Request> all() {
        return List.copyOf(requests);
    }

    synchronized void forget() {
        requests.clear();
    }
}
