// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the provider said about the caller: the claims of the ID token and, where it was asked for, of UserInfo. Protocol
 * claims such as {@code iss}, {@code aud} or {@code sid} always come from the ID token.
 */
public interface Claims {
    /** The claim {@code name} when it is a string. The name is taken literally: dots have no meaning. */
    Optional<String> string(String name);

    /** The claim {@code name} when it is a number. */
    Optional<Number> number(String name);

    /** The claim {@code name} when it is a boolean. */
    Optional<Boolean> bool(String name);

    /** The strings of the claim {@code name}: the claim itself when it is a string, its string elements when an array. */
    List<String> strings(String name);

    /**
     * All claims, unmodifiable. Values are strings, numbers, booleans, lists and maps of such, as in JSON; members that
     * are {@code null} are absent.
     */
    Map<String, Object> asMap();
}
