// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.time.Instant;
import java.util.Map;

/** The members of a JSON object that have to be there. */
record Members(Map<String, Object> json) {
    String text(String name) {
        if (json.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is no string");
    }

    Instant instant(String name) {
        if (json.get(name) instanceof Number millis) {
            return Instant.ofEpochMilli(millis.longValue());
        }
        throw new IllegalArgumentException(name + " is no number");
    }
}
