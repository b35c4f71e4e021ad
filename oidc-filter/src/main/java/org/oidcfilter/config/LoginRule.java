// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import org.oidcfilter.protocol.LoginParameters;

/**
 * How logins for some paths differ from others.
 *
 * @param pattern the paths
 * @param parameters what is asked for there
 */
public record LoginRule(PathPattern pattern, LoginParameters parameters) {
    /** Reads {@code PATTERN = name=value, name=value}. */
    static LoginRule parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("must be rules such as /folder/* = acr_values=mfa, max_age=15m");
        }
        return new LoginRule(
                new PathPattern(text.substring(0, equals).strip()),
                LoginParametersFormat.parse(text.substring(equals + 1)));
    }
}
