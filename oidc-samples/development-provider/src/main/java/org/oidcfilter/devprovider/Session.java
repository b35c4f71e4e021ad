// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A user's session at the provider.
 *
 * @param sid the session identifier that ID tokens and logout tokens carry
 * @param username who is logged in
 * @param authenticatedAt when the user last logged in ({@code auth_time})
 * @param clientIds the clients that received tokens in this session
 */
public record Session(String sid, String username, Instant authenticatedAt, Set<String> clientIds) {
    public Session {
        clientIds = Set.copyOf(clientIds);
    }

    Session joinedBy(String clientId) {
        var joined = new LinkedHashSet<>(clientIds);
        joined.add(clientId);
        return new Session(sid, username, authenticatedAt, joined);
    }

    Session authenticatedAgain(Instant now) {
        return new Session(sid, username, now, clientIds);
    }
}
