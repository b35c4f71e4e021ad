// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.stream.Collectors;

/** Writes {@code docs/errors.md}. */
final class ErrorReference {
    static final String HEADING = "### ";

    private static final String INTRODUCTION = """
            <!--
              Generated from org.oidcfilter.rp.Catalogue; change it there, then run
              ./mvnw -pl oidc-filter -am test -Dtest=ErrorReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true
            -->
            # Errors

            Whatever the filter refuses has one of the codes below. They are stable: scripts and monitoring may rely on
            them.

            - **The browser** gets a page with friendly advice, the code and a reference id; a script gets JSON such as
              `{"error":"${code}","reference":"3f0c9a417be2"}`. Neither says which check failed in detail.
            - **The log** has one entry per failure, from the logger `org.oidcfilter`:
              `[3f0c9a417be2] ${code}: ` followed by what was expected and what came, and by what to do. It never holds a
              token, code, secret or anything about a person.

            | Status | Level | Meaning |
            |---:|---|---|
            | 4xx | `INFO` | happens every day and needs nobody: a login that took too long, a page used twice |
            | 4xx | `WARNING` | a message or token broke a rule, or the provider refused |
            | 403 | `DEBUG` | a caller without the role |
            | 503 | `WARNING` | the provider, or what nodes share, cannot be used now; `Retry-After` says when to try again |
            | 500 | `ERROR` | a defect; the entry says where |

            The status below is the usual one. It is 503 for any code while the provider's metadata or keys cannot be had.
            Until they can, every request that needs them has an entry of its own in the log.
            """;

    private ErrorReference() {}

    static String text() {
        var groups = Catalogue.GROUPS.stream().map(ErrorReference::section).collect(Collectors.joining());
        return INTRODUCTION.replace("${code}", org.oidcfilter.Reason.TOKEN_EXPIRED.code()) + groups;
    }

    private static String section(Catalogue.Group group) {
        return "\n## " + group.title() + "\n"
                + group.explanations().stream().map(ErrorReference::entry).collect(Collectors.joining());
    }

    private static String entry(Explanation explanation) {
        return "\n" + HEADING + explanation.reason().code() + "\n\n" + facts(explanation) + "\n\n" + explanation.cause()
                + "\n\n**What to do:** " + explanation.remedy() + "\n";
    }

    private static String facts(Explanation explanation) {
        var answer = explanation.answer();
        return switch (explanation.reason()) {
            case CONFIGURATION -> "At start only";
            case LOGIN_REQUIRED, INSUFFICIENT_USER_AUTHENTICATION -> "Status " + answer.status() + ", not logged";
            default -> "Status " + answer.status() + ", log level `" + answer.level() + "`";
        };
    }
}
