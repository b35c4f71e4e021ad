// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** How the packages of the library may depend on each other and on others. */
final class ArchitectureRules {
    static final String ROOT = "org.oidcfilter";

    /** What each package builds on directly; it may also use whatever that builds on. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "config", Set.of("protocol"),
            "protocol", Set.of(),
            "token", Set.of("protocol"),
            "provider", Set.of("token"),
            "session", Set.of("protocol"),
            "rp", Set.of("provider", "session", "config"),
            "servlet", Set.of("rp"),
            "tomcat", Set.of("servlet"),
            "jetty", Set.of("servlet"));

    private static final String[] EDGES = {in("servlet"), in("tomcat"), in("jetty")};
    private static final String RELYING_PARTIES = "org\\.oidcfilter\\.rp\\.RelyingParties(\\$.*)?";
    private static final String READS_CONFIGURATION =
            "org\\.oidcfilter\\.rp\\.(RelyingParties|Configured(Callers|Nodes|Tokens))(\\$.*)?";
    private static final String JOSE =
            "org\\.oidcfilter\\.(token\\..*|(provider\\.JwksKeys|protocol\\.(Json|ClientAssertion))(\\$.*)?)";
    private static final String CONFIG = "org\\.oidcfilter\\.config\\.\\w+Config(\\$.*)?";
    private static final String FORBIDDEN_NAMES = ".*(Manager|Helper|Utils?|Impl)|.*[.$](Abstract|Base)[A-Z]\\w*";
    private static final Set<String> NOW = Set.of(
            "java.time.Instant.now()",
            "java.time.LocalDate.now()",
            "java.time.LocalDateTime.now()",
            "java.time.OffsetDateTime.now()",
            "java.time.ZonedDateTime.now()",
            "java.time.Clock.systemUTC()",
            "java.time.Clock.systemDefaultZone()",
            "java.lang.System.currentTimeMillis()");

    private ArchitectureRules() {}

    static Set<String> packages() {
        return new TreeSet<>(ARROWS.keySet());
    }

    /** What {@code from} must not use. */
    static Set<String> forbidden(String from) {
        var forbidden = packages();
        forbidden.removeAll(reachable(from));
        return forbidden;
    }

    /** All rules by name. */
    static Map<String, ArchRule> all() {
        var rules = new LinkedHashMap<String, ArchRule>();
        packages().forEach(name -> rules.put("arrows of " + name, arrows(name)));
        rules.put("arrows of the root", rootUsesTheJdkOnly());
        rules.put("known packages", knownPackagesOnly());
        rules.put("no cycles", slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
        rules.put("servlets", servletsAtTheEdgesOnly());
        rules.put("jose4j", joseBehindItsWall());
        rules.put("re2j", expressionsInOnePlace());
        rules.put("configuration", configurationIsReadByTheWiring());
        rules.put("clock", timeComesFromAClock());
        rules.put("inheritance", noInheritance());
        rules.put("logging", systemLoggerOnly());
        rules.put("streams", noStandardStreams());
        rules.put("names", noClasses().should().haveNameMatching(FORBIDDEN_NAMES));
        rules.put("null-marked", classes().should(beInANullMarkedPackage()));
        return rules;
    }

    private static Set<String> reachable(String from) {
        var reachable = new TreeSet<>(Set.of(from));
        ARROWS.getOrDefault(from, Set.of()).forEach(next -> reachable.addAll(reachable(next)));
        return reachable;
    }

    private static ArchRule arrows(String from) {
        var forbidden = forbidden(from).stream().map(ArchitectureRules::in).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(in(from))
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .allowEmptyShould(true);
    }

    private static ArchRule rootUsesTheJdkOnly() {
        return classes()
                .that()
                .resideInAPackage(ROOT)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(ROOT, "java..", "org.jspecify.annotations"));
    }

    private static ArchRule knownPackagesOnly() {
        var known = packages().stream().map(ArchitectureRules::in).toList();
        return classes().should().resideInAnyPackage(withRoot(known));
    }

    private static String[] withRoot(List<String> packages) {
        var all = new TreeSet<>(packages);
        all.add(ROOT);
        return all.toArray(String[]::new);
    }

    private static ArchRule servletsAtTheEdgesOnly() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta.servlet.."));
    }

    private static ArchRule joseBehindItsWall() {
        return noClasses()
                .that()
                .haveNameNotMatching(JOSE)
                .should()
                .dependOnClassesThat(resideInAPackage("org.jose4j.."));
    }

    private static ArchRule expressionsInOnePlace() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".config.RolePattern")
                .should()
                .dependOnClassesThat(resideInAPackage("com.google.re2j.."));
    }

    private static ArchRule configurationIsReadByTheWiring() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .and()
                .resideOutsideOfPackage(in("config"))
                .and()
                .haveNameNotMatching(READS_CONFIGURATION)
                .should()
                .dependOnClassesThat(describe("hold the configuration", ArchitectureRules::holdsConfiguration));
    }

    /** A choice that somebody configured is a value like any other. */
    private static boolean holdsConfiguration(JavaClass type) {
        return type.getName().matches(CONFIG) && !type.isEnum();
    }

    private static ArchRule timeComesFromAClock() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("servlet"))
                .and()
                .haveNameNotMatching(RELYING_PARTIES)
                .should()
                .callMethodWhere(describe("asks the machine for the time", ArchitectureRules::asksTime))
                .orShould()
                .callConstructor(java.util.Date.class);
    }

    private static boolean asksTime(JavaMethodCall call) {
        return NOW.contains(call.getTarget().getFullName());
    }

    private static ArchRule noInheritance() {
        return noClasses()
                .that()
                .areNotAssignableTo(OidcException.class)
                .should(ArchCondition.from(describe("extend a class of ours", ArchitectureRules::extendsOurs)));
    }

    private static boolean extendsOurs(JavaClass type) {
        return type.getRawSuperclass()
                .filter(parent -> parent.getPackageName().startsWith(ROOT) && !parent.isEnum())
                .isPresent();
    }

    private static ArchRule systemLoggerOnly() {
        return noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.util.logging..",
                        "org.slf4j..",
                        "org.apache.logging..",
                        "org.apache.commons.logging..",
                        "org.jboss.logging.."));
    }

    private static ArchRule noStandardStreams() {
        return noClasses().should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return ArchCondition.from(describe(
                "be in a @NullMarked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class)));
    }

    private static String in(String name) {
        return ROOT + "." + name + "..";
    }
}
