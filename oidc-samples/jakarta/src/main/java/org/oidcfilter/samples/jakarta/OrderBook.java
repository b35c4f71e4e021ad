// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.jakarta;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.oidcfilter.Caller;

/** All orders, and who may do what with them, whoever calls. */
@ApplicationScoped
@RolesAllowed("user")
public class OrderBook {
    public record Order(String id, String item, String by) {}

    private final List<Order> orders = new CopyOnWriteArrayList<>();

    @Inject
    private Caller caller;

    public List<Order> orders() {
        return List.copyOf(orders);
    }

    @RolesAllowed({"clerk", "admin"})
    public void place(String item) {
        orders.add(new Order(UUID.randomUUID().toString(), item, caller.getName()));
    }

    @RolesAllowed("admin")
    public void cancel(String id) {
        orders.removeIf(order -> order.id().equals(id));
    }
}
