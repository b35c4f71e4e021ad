// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/** The provider's {@code error}, whichever endpoint it comes from (RFC 6749 sections 4.1.2.1 and 5.2). */
public final class ErrorCode {
    private static final Pattern FORM = Pattern.compile("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]{1,64}");

    private ErrorCode() {}

    /** Whether {@code text} is of the characters that RFC 6749 allows, and short enough to be a code. */
    static boolean isWellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    /** The error code in the JSON body of an error response of the token endpoint, if it is one. */
    public static Optional<String> in(String json) {
        try {
            return new JsonObject(Json.parse(json)).string("error").filter(ErrorCode::isWellFormed);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
