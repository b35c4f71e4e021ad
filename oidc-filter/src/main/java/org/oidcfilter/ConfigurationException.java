// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.List;

/** The configuration cannot work. Thrown at start only, with all problems at once. */
public final class ConfigurationException extends OidcException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems one sentence each, without any secret value */
    public ConfigurationException(List<String> problems) {
        super(Reason.CONFIGURATION, String.join(System.lineSeparator() + "  - ", prefixed(problems)), null);
        this.problems = List.copyOf(problems);
    }

    /** All problems, a sentence each. */
    public List<String> problems() {
        return problems;
    }

    private static List<String> prefixed(List<String> problems) {
        var lines = new java.util.ArrayList<String>();
        lines.add("OIDC Filter cannot start, " + problems.size() + " problem(s) in its configuration:");
        lines.addAll(problems);
        return lines;
    }
}
