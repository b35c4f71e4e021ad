// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clients and users the provider knows, in the order of their registration. */
final class Registry {
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Map<String, User> users = new LinkedHashMap<>();

    synchronized void add(Client client) {
        clients.put(client.id(), client);
    }

    synchronized void add(User user) {
        users.put(user.username(), user);
    }

    synchronized Optional<Client> client(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    synchronized Optional<User> user(String username) {
        return Optional.ofNullable(users.get(username));
    }

    synchronized List<User> users() {
        return List.copyOf(users.values());
    }

    User userNamed(String username) {
        return user(username)
                .orElseThrow(() -> new IllegalArgumentException("There is no user " + username + ", only "
                        + users().stream().map(User::username).toList()));
    }
}
