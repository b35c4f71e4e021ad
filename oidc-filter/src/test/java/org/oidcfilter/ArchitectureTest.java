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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
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
    private static final Set<String> PACKAGES = ArchitectureRules.packages();
    private static final JavaClasses OURS =
            new ClassFileImporter().importPath(Repository.module().resolve("target/classes"));

    /** Some code that breaks a rule: the members of a class {@code Breach}. */
    private record Breach(String rule, String inPackage, String members) {}

    private static final Breach CYCLE = new Breach("no cycles", ".session", "org.oidcfilter.protocol.Back back;");

    private static final List<Breach> BREACHES = List.of(
            new Breach("arrows of the root", "", "org.oidcfilter.config.OidcConfig config;"),
            new Breach("arrows of the root", "", "org.jose4j.jwk.JsonWebKey key;"),
            new Breach("arrows of the root", "", "org.eclipse.microprofile.config.Config config;"),
            new Breach("known packages", ".misc", ""),
            CYCLE,
            new Breach("servlets", ".rp", "jakarta.servlet.http.HttpServletRequest request;"),
            new Breach("jose4j", ".rp", "org.jose4j.jwk.JsonWebKey key;"),
            new Breach("jose4j", ".provider", "org.jose4j.jwk.JsonWebKey key;"),
            new Breach("jose4j", ".session", "org.jose4j.jwk.JsonWebKey key;"),
            new Breach("jose4j", ".protocol", "org.jose4j.jwk.JsonWebKey key;"),
            new Breach("re2j", ".rp", "com.google.re2j.Pattern pattern;"),
            new Breach("configuration", ".rp", "org.oidcfilter.config.OidcConfig config;"),
            new Breach("configuration", ".rp", "org.oidcfilter.config.SessionConfig config;"),
            new Breach("configuration", ".rp", "org.oidcfilter.config.ProviderConfig config;"),
            new Breach("clock", ".rp", "Object now = java.time.Instant.now();"),
            new Breach("clock", ".rp", "java.time.Clock clock = java.time.Clock.systemUTC();"),
            new Breach("clock", ".token", "long now = System.currentTimeMillis();"),
            new Breach("clock", ".session", "Object now = new java.util.Date();"),
            new Breach("inheritance", ".rp", "static class Child extends Breach {}"),
            new Breach("logging", ".rp", "java.util.logging.Logger logger;"),
            new Breach("logging", ".rp", "org.slf4j.Logger logger;"),
            new Breach("streams", ".rp", "void print() { System.out.println(1); }"),
            new Breach("streams", ".rp", "void print() { new Exception().printStackTrace(); }"),
            new Breach("names", ".rp", "class LoginManager {}"),
            new Breach("names", ".rp", "class LoginHelper {}"),
            new Breach("names", ".rp", "class LoginUtil {}"),
            new Breach("names", ".rp", "class LoginUtils {}"),
            new Breach("names", ".rp", "class LoginImpl {}"),
            new Breach("names", ".rp", "class AbstractLogin {}"),
            new Breach("names", ".rp", "class BaseLogin {}"),
            new Breach("null-marked", ".rp", ""));

    private final Path folder;

    ArchitectureTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static Set<String> rules() {
        return RULES.keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ourCodeKeeps(String rule) {
        rule(rule).check(OURS);
    }

    @Test
    void everyArrowThatIsNotDrawnIsNoticed() throws IOException {
        var sources = new HashMap<String, String>();
        for (var name : PACKAGES) {
            var fields = ArchitectureRules.forbidden(name).stream()
                    .map(other -> "org.oidcfilter." + other + ".Target " + other + ";")
                    .collect(Collectors.joining());
            sources.put("org.oidcfilter." + name + ".Target", "public class Target { " + fields + " }");
        }
        var classes = compile(sources);
        for (var name : PACKAGES) {
            assertEquals(
                    ArchitectureRules.forbidden(name).size(),
                    violations(rule("arrows of " + name), classes).size(),
                    name);
        }
    }

    @Test
    void everyOtherRuleCanBeBroken() throws IOException {
        var sources = new HashMap<String, String>();
        for (var i = 0; i < BREACHES.size(); i++) {
            var members = BREACHES.get(i).members().replace("Breach", breach(i));
            sources.put(
                    "org.oidcfilter" + BREACHES.get(i).inPackage() + "." + breach(i),
                    "public class " + breach(i) + " { " + members + " }");
        }
        var cycle = breach(BREACHES.indexOf(CYCLE));
        sources.put("org.oidcfilter.protocol.Back", "public class Back { org.oidcfilter.session." + cycle + " back; }");
        var classes = compile(sources);
        for (var i = 0; i < BREACHES.size(); i++) {
            var violations = String.join("\n", violations(rule(BREACHES.get(i).rule()), classes));
            var name = Pattern.compile("\\b" + breach(i) + "\\b");
            assertTrue(name.matcher(violations).find(), BREACHES.get(i) + " is not among " + violations);
        }
    }

    @Test
    void noRuleIsWithoutProof() {
        var proven = Stream.concat(
                PACKAGES.stream().map(name -> "arrows of " + name),
                BREACHES.stream().map(Breach::rule));
        assertEquals(rules(), proven.collect(Collectors.toSet()));
    }

    @Test
    void harmlessCodeBreaksNoRule() throws IOException {
        var classes = compile(Map.of(
                "org.oidcfilter.rp.package-info",
                "",
                "org.oidcfilter.rp.RelyingParties",
                "class RelyingParties { org.oidcfilter.config.OidcConfig config; Object now = java.time.Instant.now(); }",
                "org.oidcfilter.rp.Login",
                "class Login { Object now(java.time.Clock clock) { return clock.instant(); } System.Logger logger; }",
                "org.oidcfilter.rp.Choice",
                "enum Choice { A { } }",
                "org.oidcfilter.rp.Chosen",
                "class Chosen { org.oidcfilter.config.LoginConfig.UserInfo userInfo; }"));
        for (var rule : RULES.entrySet()) {
            if (!rule.getKey().equals("arrows of the root")) {
                assertEquals(List.of(), violations(rule.getValue(), classes), rule.getKey());
            }
        }
    }

    private static String breach(int number) {
        return "Breach" + number;
    }

    private static ArchRule rule(String name) {
        return Objects.requireNonNull(RULES.get(name), name);
    }

    private static List<String> violations(ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).getFailureReport().getDetails();
    }

    /** Compiles sources by class name. */
    private JavaClasses compile(Map<String, String> sources) throws IOException {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("-proc:none", "-cp", System.getProperty("java.class.path")));
        arguments.addAll(List.of("-d", folder.resolve("classes").toString()));
        for (var source : sources.entrySet()) {
            arguments.add(write(source.getKey(), source.getValue()));
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)));
        return new ClassFileImporter().importPath(folder.resolve("classes"));
    }

    private String write(String name, String text) throws IOException {
        var dot = name.lastIndexOf('.');
        var file = folder.resolve(name.replace('.', '/') + ".java");
        var declaration = "package " + name.substring(0, dot) + ";\n";
        var annotation = name.endsWith("package-info") ? "@org.jspecify.annotations.NullMarked " : "";
        Files.createDirectories(file.getParent());
        Files.writeString(file, annotation + declaration + text);
        return file.toString();
    }
}
