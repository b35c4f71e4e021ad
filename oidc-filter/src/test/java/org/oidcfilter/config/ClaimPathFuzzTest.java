// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.oidcfilter.protocol.Json;

class ClaimPathFuzzTest {
    /** Members of which the name counts for nothing. */
    private static final Set<Object> NOTHING = Set.of(false, List.of(), Map.of());

    /** The first line is the path, the rest the claims. */
    @FuzzTest(maxDuration = "10m")
    void findsWhatStandsAtThePathAndNothingElse(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var end = text.indexOf('\n');
        var path = path(end < 0 ? text : text.substring(0, end));
        path.ifPresent(ClaimPathFuzzTest::requireOneSpelling);
        path.ifPresent(found -> claims(end < 0 ? "" : text.substring(end + 1))
                .ifPresent(claims -> assertEquals(walked(found, found.segments(), claims), found.strings(claims))));
    }

    private static Optional<ClaimPath> path(String text) {
        try {
            return Optional.of(ClaimPath.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Map<String, Object>> claims(String json) {
        try {
            return Optional.of(Json.parse(json));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void requireOneSpelling(ClaimPath path) {
        require(!path.segments().isEmpty(), "a path that leads nowhere");
        require(path.segments().stream().noneMatch(String::isEmpty), "a name of no length");
        if (path.segments().stream().noneMatch(segment -> segment.contains("'"))) {
            var quoted = path.segments().stream().map(name -> "'" + name + "'").collect(Collectors.joining("."));
            assertEquals(path, ClaimPath.parse(quoted + (path.members() ? ".*" : "")));
            assertEquals(path, ClaimPath.parse(path.toString()));
        }
    }

    private static List<String> walked(ClaimPath path, List<String> segments, Object value) {
        if (!segments.isEmpty()) {
            var inner = value instanceof Map<?, ?> object ? object.get(segments.get(0)) : null;
            return inner == null ? List.of() : walked(path, segments.subList(1, segments.size()), inner);
        }
        return path.members() ? names(value) : strings(value);
    }

    private static List<String> names(Object value) {
        var found = new ArrayList<String>();
        if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> {
                if (member != null && !NOTHING.contains(member)) {
                    found.add((String) name);
                }
            });
        }
        return found;
    }

    private static List<String> strings(Object value) {
        var found = new ArrayList<String>();
        for (var element : value instanceof List<?> list ? list : List.of(value)) {
            if (element instanceof String text) {
                found.add(text);
            }
        }
        return found;
    }
}
