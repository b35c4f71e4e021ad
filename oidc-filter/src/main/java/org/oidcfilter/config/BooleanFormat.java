// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

/** How booleans are written: {@code true} or {@code false}, and nothing that might mean either. */
final class BooleanFormat {
    private BooleanFormat() {}

    static Boolean parse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }
}
