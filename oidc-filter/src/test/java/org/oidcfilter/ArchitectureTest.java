// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture as it is drawn, and a proof that each of its rules can be broken. */
class ArchitectureTest {
    private static final Map<String, ArchRule> RULES = ArchitectureRules.all();
    private static final JavaClasses OURS =
            new ClassFileImporter().importPath(Repository.module().resolve("target/classes"));

    /** For each rule some code that breaks it: a package, then the body of a class {@code Breach}. */
    private static final Map<String, List<Breach>> BREACHES = Map.ofEntries(
            Map.entry(
                    "arrows of the root",
                    List.of(
                            new Breach("", "org.oidcfilter.config.OidcConfig config;"),
                            new Breach("", "org.jose4j.jwk.JsonWebKey key;"),
                            new Breach("", "org.eclipse.microprofile.config.Config config;"))),
            Map.entry("known packages", List.of(new Breach(".misc", ""))),
            Map.entry(
                    "no cycles",
                    List.of(
                            new Breach(
                                    ".session",
                                    "void go() { org.oidcfilter.protocol.Back.go(); }",
                                    Map.of(
                                            "org.oidcfilter.protocol.Back",
                                            "public class Back { public static void go() { new org.oidcfilter.session.Breach(); } }")))),
            Map.entry("servlets", List.of(new Breach(".rp", "jakarta.servlet.http.HttpServletRequest request;"))),
            Map.entry(
                    "jose4j",
                    List.of(
                            new Breach(".rp", "org.jose4j.jwk.JsonWebKey key;"),
                            new Breach(".provider", "org.jose4j.jwk.JsonWebKey key;"),
                            new Breach(".session", "org.jose4j.jwk.JsonWebKey key;"),
                            new Breach(".protocol", "org.jose4j.jwk.JsonWebKey key;"))),
            Map.entry(
                    "configuration",
                    List.of(
                            new Breach(".rp", "org.oidcfilter.config.OidcConfig config;"),
                            new Breach(".rp", "org.oidcfilter.config.SessionConfig config;"),
                            new Breach(".rp", "org.oidcfilter.config.ProviderConfig.Endpoints endpoints;"))),
            Map.entry(
                    "clock",
                    List.of(
                            new Breach(".rp", "Object now = java.time.Instant.now();"),
                            new Breach(".rp", "java.time.Clock clock = java.time.Clock.systemUTC();"),
                            new Breach(".token", "long now = System.currentTimeMillis();"),
                            new Breach(".session", "Object now = new java.util.Date();"))),
            Map.entry("inheritance", List.of(new Breach(".rp", "static class Child extends Breach {}"))),
            Map.entry(
                    "logging",
                    List.of(
                            new Breach(".rp", "java.util.logging.Logger logger;"),
                            new Breach(".rp", "org.slf4j.Logger logger;"))),
            Map.entry(
                    "streams",
                    List.of(
                            new Breach(".rp", "void print() { System.out.println(1); }"),
                            new Breach(".rp", "void print() { new Exception().printStackTrace(); }"))),
            Map.entry(
                    "names",
                    List.of(
                            new Breach(".rp", "class LoginManager {}"),
                            new Breach(".rp", "class LoginHelper {}"),
                            new Breach(".rp", "class LoginUtil {}"),
                            new Breach(".rp", "class LoginUtils {}"),
                            new Breach(".rp", "class LoginImpl {}"),
                            new Breach(".rp", "class AbstractLogin {}"),
                            new Breach(".rp", "class BaseLogin {}"))),
            Map.entry("null-marked", List.of(new Breach(".rp", ""))));

    private final Path folder;

    ArchitectureTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private record Breach(String where, String body, Map<String, String> others) {
        Breach(String where, String body) {
            this(where, body, Map.of());
        }
    }

    static Set<String> rules() {
        return RULES.keySet();
    }

    static Set<String> packages() {
        return ArchitectureRules.packages();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ourCodeKeeps(String rule) {
        rule(rule).check(OURS);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyArrowThatIsNotDrawnIsNoticed(String from) throws IOException {
        var forbidden = ArchitectureRules.forbidden(from);
        var others = forbidden.stream()
                .collect(Collectors.toMap(
                        name -> "org.oidcfilter." + name + ".Target", name -> "public class Target {}"));
        var fields = forbidden.stream()
                .map(name -> "org.oidcfilter." + name + ".Target " + name + ";")
                .collect(Collectors.joining());
        var result = rule("arrows of " + from).evaluate(classes(new Breach("." + from, fields, others)));
        assertEquals(forbidden.size(), result.getFailureReport().getDetails().size());
    }

    @Test
    void everyOtherRuleCanBeBroken() throws IOException {
        for (var breaches : BREACHES.entrySet()) {
            for (var breach : breaches.getValue()) {
                var result = rule(breaches.getKey()).evaluate(classes(breach));
                assertTrue(result.hasViolation(), () -> breaches.getKey() + " allows " + breach);
            }
        }
        var proven = Stream.concat(packages().stream().map(name -> "arrows of " + name), BREACHES.keySet().stream());
        assertEquals(rules(), proven.collect(Collectors.toSet()));
    }

    @Test
    void harmlessCodeBreaksNoRule() throws IOException {
        var harmless = classes(new Breach(
                ".rp",
                "Object now(java.time.Clock clock) { return clock.instant(); } System.Logger logger; enum E { A { } }",
                Map.of(
                        "org.oidcfilter.rp.package-info", "@org.jspecify.annotations.NullMarked",
                        "org.oidcfilter.rp.RelyingParties",
                                "class RelyingParties { org.oidcfilter.config.OidcConfig config; }")));
        for (var rule : RULES.entrySet()) {
            if (!rule.getKey().equals("arrows of the root")) {
                assertEquals(
                        List.of(),
                        rule.getValue().evaluate(harmless).getFailureReport().getDetails());
            }
        }
    }

    private static ArchRule rule(String name) {
        return Objects.requireNonNull(RULES.get(name), name);
    }

    private JavaClasses classes(Breach breach) throws IOException {
        var sources = Files.createTempDirectory(folder, "sources");
        var files = new ArrayList<String>();
        var name = "org.oidcfilter" + breach.where() + ".Breach";
        files.add(write(sources, name, "public class Breach { " + breach.body() + " }"));
        for (var other : breach.others().entrySet()) {
            files.add(write(sources, other.getKey(), other.getValue()));
        }
        var classes = Files.createTempDirectory(folder, "classes");
        var options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        var arguments = Stream.concat(options.stream(), files.stream()).toArray(String[]::new);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments));
        return new ClassFileImporter().importPath(classes);
    }

    private static String write(Path sources, String name, String text) throws IOException {
        var dot = name.lastIndexOf('.');
        var file = sources.resolve(name.replace('.', '/') + ".java");
        var header = "package " + name.substring(0, dot) + ";\n";
        Files.createDirectories(file.getParent());
        Files.writeString(file, name.endsWith("package-info") ? text + " " + header : header + text);
        return file.toString();
    }
}
