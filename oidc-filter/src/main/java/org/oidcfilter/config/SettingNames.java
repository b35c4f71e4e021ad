// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds names that look like settings and are none: a misspelt setting must not be silently ignored. */
final class SettingNames {
    private static final String PREFIX = "oidc.";
    private static final String ENVIRONMENT_PREFIX = "OIDC_";
    private static final Set<String> KEYS = all(Setting::key);
    private static final Set<String> ENVIRONMENT_VARIABLES = all(Setting::environmentVariable);

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    SettingNames(Iterable<String> propertyNames, Set<String> initParamNames) {
        var properties = new TreeSet<String>();
        propertyNames.forEach(properties::add);
        var unknown = new TreeSet<String>(properties);
        unknown.removeIf(name -> isGuessed(name, properties));
        unknown.addAll(initParamNames);
        unknown.removeIf(name -> !name.startsWith(PREFIX) || KEYS.contains(name));
        unknown.forEach(name -> problems.add(name + " is not a setting; the nearest one is " + nearest(name, KEYS)));
        forgottenPrefixes(initParamNames);
        unknownVariables(properties);
    }

    List<String> problems() {
        return problems;
    }

    /** The environment is shared with others, so that a strange name there is no reason not to start. */
    List<String> warnings() {
        return warnings;
    }

    /** Whether a MicroProfile implementation made the name up from an environment variable that it lists as well. */
    private static boolean isGuessed(String name, Set<String> names) {
        return names.contains(Setting.environmentVariable(name));
    }

    private void forgottenPrefixes(Set<String> initParamNames) {
        new TreeSet<>(initParamNames)
                .stream()
                        .filter(name -> KEYS.contains(PREFIX + name))
                        .forEach(name -> problems.add(
                                "the init-param " + name + " is not a setting; its name is " + PREFIX + name));
    }

    private void unknownVariables(Set<String> names) {
        names.stream()
                .filter(name -> name.startsWith(ENVIRONMENT_PREFIX) && !ENVIRONMENT_VARIABLES.contains(name))
                .forEach(name -> warnings.add("the environment variable " + name
                        + " is not a setting; the nearest one is " + nearest(name, ENVIRONMENT_VARIABLES)));
    }

    private static String nearest(String name, Set<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** How many characters must be inserted, removed or replaced to get from one to the other (Levenshtein). */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (var i = 0; i < from.length(); i++) {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < to.length(); j++) {
                var replaced = diagonal + (from.charAt(i) == to.charAt(j) ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.min(replaced, 1 + Math.min(row[j], diagonal));
            }
        }
        return row[to.length()];
    }

    private static Set<String> all(Function<Setting, String> name) {
        return Arrays.stream(Setting.values()).map(name).collect(Collectors.toCollection(HashSet::new));
    }
}
