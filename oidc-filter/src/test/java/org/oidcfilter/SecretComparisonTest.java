// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of the code about secrets: where chance comes from, and how secrets are compared. */
class SecretComparisonTest {
    private static final JavaClasses OURS =
            new ClassFileImporter().importPath(Repository.module().resolve("target/classes"));

    private static final Set<String> EARLY_ENDING = Set.of(
            "java.lang.String.equals",
            "java.lang.String.equalsIgnoreCase",
            "java.lang.String.compareTo",
            "java.lang.String.contentEquals",
            "java.lang.String.regionMatches",
            "java.lang.String.matches",
            "java.util.Objects.equals",
            "java.util.Arrays.equals",
            "java.util.Arrays.compare",
            "java.lang.CharSequence.compare");

    private static final Set<String> GUESSABLE = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.random.RandomGenerator");

    /** Sends a secret and compares something else. */
    private static final Set<String> COMPARES_MEDIA_TYPES = Set.of("org.oidcfilter.provider.UserInfoEndpoint.claims");

    /** What the rule must notice. */
    @SuppressWarnings("unused")
    private static final class Careless {
        boolean compare(Secret secret, String candidate) {
            return secret.reveal().equals(candidate);
        }

        boolean compareLater(Secret secret, Secret other) {
            var text = secret.reveal();
            var candidate = other.reveal();
            return candidate.length() == text.length() && Objects.equals(text, candidate);
        }
    }

    @Test
    @Tag("IL-08")
    void secretsCompareInConstantTime() {
        assertEquals(
                List.of("java.security.MessageDigest.isEqual"),
                calls(method("matches")).filter(call -> call.contains("qual")).toList());
        assertTrue(calls(method("equals")).anyMatch("org.oidcfilter.Secret.matches"::equals));
        assertEquals(COMPARES_MEDIA_TYPES, careless(OURS));
        assertEquals(Secret.of("one"), Secret.of("one"));
        assertNotEquals(Secret.of("one"), Secret.of("onf"));
    }

    @Test
    @Tag("IL-08")
    void aCarelessComparisonIsNoticed() {
        assertEquals(
                Set.of("compare", "compareLater"),
                careless(new ClassFileImporter().importClasses(Careless.class)).stream()
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .collect(Collectors.toSet()));
    }

    @Test
    @Tag("AQ-02")
    void chanceComesFromSecureRandom() {
        var random = codeUnits(OURS)
                .filter(unit -> unit.getConstructorCallsFromSelf().stream()
                                .anyMatch(call ->
                                        GUESSABLE.contains(call.getTargetOwner().getName()))
                        || calls(unit)
                                .anyMatch(call -> call.equals("java.lang.Math.random")
                                        || GUESSABLE.contains(call.substring(0, call.lastIndexOf('.')))))
                .map(JavaCodeUnit::getFullName)
                .toList();
        assertEquals(List.of(), random);
        var source = OURS.get("org.oidcfilter.session.RandomValue");
        assertEquals(
                "java.security.SecureRandom",
                source.getField("RANDOM").getRawType().getName());
    }

    private static Set<String> careless(JavaClasses classes) {
        return codeUnits(classes)
                .filter(unit -> calls(unit).anyMatch("org.oidcfilter.Secret.reveal"::equals))
                .filter(unit -> calls(unit).anyMatch(EARLY_ENDING::contains))
                .map(unit -> unit.getOwner().getName() + "." + unit.getName())
                .collect(Collectors.toSet());
    }

    private static Stream<JavaCodeUnit> codeUnits(JavaClasses classes) {
        return classes.stream().flatMap(type -> type.getCodeUnits().stream());
    }

    private static JavaCodeUnit method(String name) {
        return OURS.get(Secret.class).getMethods().stream()
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> calls(JavaCodeUnit unit) {
        return unit.getMethodCallsFromSelf().stream().map(SecretComparisonTest::target);
    }

    private static String target(JavaMethodCall call) {
        return call.getTargetOwner().getName() + "." + call.getTarget().getName();
    }
}
