// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.Map;
import java.util.Set;

/**
 * What the application calls the roles that the provider knows by other names.
 *
 * @param table the application's names, by the provider's
 * @param others what becomes of a role that the table does not name
 */
public record RoleNames(Map<String, Set<String>> table, Others others) {
    /** Every role keeps its name. */
    public static final RoleNames SAME = new RoleNames(Map.of(), Others.KEPT);

    /** What becomes of the others. */
    public enum Others {
        /** They are no roles here: whoever can make up a role or group at the provider could call it as the application does. */
        DROPPED,
        /** They are roles by the provider's name. */
        KEPT
    }

    public RoleNames {
        table = Map.copyOf(table);
    }

    /** The application's names for the role that the provider calls {@code found}. */
    public Set<String> of(String found) {
        var known = table.get(found);
        if (known != null) {
            return known;
        }
        return others == Others.KEPT ? Set.of(found) : Set.of();
    }

    /** Whether the application's name for anything can be {@code role}. */
    boolean allow(String role) {
        return others == Others.KEPT || table.values().stream().anyMatch(roles -> roles.contains(role));
    }

    /** How many there are: an organisation's groups are its own affair. */
    @Override
    public String toString() {
        return "RoleNames[" + table.size() + ", others " + others + "]";
    }
}
