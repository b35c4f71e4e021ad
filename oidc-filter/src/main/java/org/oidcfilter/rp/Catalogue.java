// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.oidcfilter.Reason;

/** The explanation of every reason. A new one gets its entry in the list it belongs to; a test tells if it has none. */
final class Catalogue {
    static final List<Group> GROUPS = List.of(
            new Group("The application and requests to it", RequestReasons.ALL),
            new Group("The response that the browser brings", ResponseReasons.ALL),
            new Group("The provider", ProviderReasons.ALL),
            new Group("The token", TokenReasons.ALL),
            new Group("Sessions and logouts", SessionReasons.ALL));

    private static final Map<Reason, Explanation> EXPLANATIONS = GROUPS.stream()
            .flatMap(group -> group.explanations().stream())
            .collect(toMap(Explanation::reason, Function.identity()));

    private Catalogue() {}

    /** What belongs together. */
    record Group(String title, List<Explanation> explanations) {}

    static Explanation of(Reason reason) {
        return Objects.requireNonNull(EXPLANATIONS.get(reason), reason::code);
    }
}
