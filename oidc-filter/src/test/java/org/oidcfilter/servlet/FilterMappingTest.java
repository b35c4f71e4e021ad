// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.config.LoginConfig;

class FilterMappingTest {
    private static FilterRegistration filter(Class<?> type, Set<String> patterns, Set<String> servletNames) {
        return Fake.of(
                FilterRegistration.class,
                Map.of(
                        "getClassName",
                        type.getName(),
                        "getUrlPatternMappings",
                        patterns,
                        "getServletNameMappings",
                        servletNames));
    }

    private static Optional<FilterMapping> mapping(List<FilterRegistration> filters, String... servlets) {
        var registrations = new LinkedHashMap<String, ServletRegistration>();
        for (var pattern : servlets) {
            registrations.put(
                    pattern,
                    Fake.of(
                            ServletRegistration.class,
                            Map.of("getName", "Servlet of " + pattern, "getMappings", List.of(pattern))));
        }
        var byName = new LinkedHashMap<String, FilterRegistration>();
        filters.forEach(filter -> byName.put("filter " + byName.size(), filter));
        var context = Fake.of(
                ServletContext.class,
                Map.of(
                        "getFilterRegistration",
                        filters.get(0),
                        "getFilterRegistrations",
                        byName,
                        "getServletRegistrations",
                        registrations));
        return FilterMapping.of(context, "oidc");
    }

    private static FilterMapping mapping(Set<String> patterns, Set<String> servletNames, String... servlets) {
        return mapping(List.of(filter(OidcFilter.class, patterns, servletNames)), servlets)
                .orElseThrow();
    }

    private static String warning(Set<String> patterns, String... servlets) {
        return mapping(patterns, Set.of(), servlets).warning().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "*"})
    void whoSeesEverythingHasNothingToReport(String everything) {
        var mapping = mapping(Set.of(everything), Set.of(), "/", "*.jsp", "/x/secure", "/orders/*");
        assertEquals(Optional.empty(), mapping.warning());
        assertEquals(Optional.empty(), mapping.problem("/oidc"));
    }

    private static LoginConfig.Paths callbackAt(String path) {
        return new LoginConfig.Paths(Optional.of(path), Optional.empty(), Optional.empty());
    }

    @Test
    @Tag("PB-26")
    void namesServletsThatAreReachableElsewhere() {
        var warning =
                warning(Set.of("/secure/*", "/oidc/*"), "/secure/*", "/secure", "/secure/a", "/x/secure", "/secured");
        assertTrue(warning.contains("/*: /secured, /x/secure and other paths are open"), warning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "*.jsp", "/secure/*", "/secures/*", "/secures", "/other/secure/", "/x.jsp/y"})
    @Tag("PB-26")
    void namesWhatAnotherPatternDoesNotCover(String pattern) {
        assertTrue(warning(Set.of("/secure", "*.jspx", "/"), pattern).contains(": " + pattern + " and other"), pattern);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/secure", "/secure/*", "/secure/a", "/secure/a/*", "/x.jsp", "*.jsp"})
    void saysNothingOfServletsThatItSees(String pattern) {
        var warning = warning(Set.of("/secure/*", "*.jsp"), pattern);
        assertTrue(warning.contains("/*: all other paths are open"), warning);
    }

    @Test
    void seesServletsThatItIsMappedToByName() {
        var mapping = mapping(Set.of("/oidc/*"), Set.of("Servlet of /a"), "/a", "/b");
        var warning = mapping.warning().orElseThrow();
        assertTrue(warning.contains("/*: /b and other"), warning);
    }

    @Test
    void namesAFewOfMany() {
        var warning = warning(Set.of("/oidc/*"), "/a", "/b", "/c", "/d", "/e", "/f");
        assertTrue(warning.contains("/a, /b, /c, /d, /e and more are open"), warning);
        assertFalse(warning.contains("/f"), warning);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/secure/*", "/oidc", "/oid/*", "*.html"})
    @Tag("PB-26")
    void whoDoesNotSeeItsOwnPathsLetsNoLoginEnd(String pattern) {
        var problem = mapping(Set.of(pattern), Set.of()).problem("/oidc").orElseThrow();
        assertTrue(problem.contains("<url-pattern>/oidc/*</url-pattern>"), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/secure/*", "/secure/oidc/*", "/secure/oidc/callback"})
    void whoSeesItsOwnPathsMayBeMappedToAFolder(String pattern) {
        assertEquals(Optional.empty(), mapping(Set.of(pattern), Set.of()).problem("/secure/oidc"));
    }

    @Test
    void whoDoesNotSeeTheCallbackPathLetsNoLoginEnd() {
        var folder = mapping(Set.of("/secure/*"), Set.of());
        var problem = folder.problem(callbackAt("/Callback")).orElseThrow();
        assertTrue(problem.contains("<url-pattern>/Callback</url-pattern>"), problem);
        var ofLogouts = folder.problem(
                        new LoginConfig.Paths(Optional.empty(), Optional.of("/goodbye"), Optional.empty()))
                .orElseThrow();
        assertTrue(ofLogouts.startsWith("is not mapped to oidc.logout-callback-path"), ofLogouts);
        assertEquals(Optional.empty(), folder.problem(callbackAt("/secure/Callback")));
        assertEquals(
                Optional.empty(),
                mapping(Set.of("/secure/*"), Set.of("callback")).problem(callbackAt("/Callback")));
    }

    @Test
    void aServletMayAnswerItsPathsThatItIsMappedToByName() {
        assertEquals(
                Optional.empty(),
                mapping(Set.of("/orders/*"), Set.of("default")).problem("/oidc"));
    }

    @Test
    void severalFiltersReportWhatNoneOfThemSees() {
        var first = filter(OidcFilter.class, Set.of("/first/*"), Set.of());
        var second = filter(OidcFilter.class, Set.of("/second/*"), Set.of());
        var other = filter(FilterMappingTest.class, Set.of("/third/*"), Set.of());
        var warning = mapping(List.of(first, second, other), "/first/a", "/second/b", "/third/c")
                .flatMap(FilterMapping::warning)
                .orElseThrow();
        assertTrue(warning.contains("/*: /third/c and other"), warning);
    }

    @Test
    void nothingIsSaidWhereTheContainerDoesNotTell() {
        var known = Fake.of(ServletContext.class, (method, arguments) -> null);
        assertEquals(Optional.empty(), FilterMapping.of(known, "oidc"));
        assertEquals(Optional.empty(), FilterMapping.of(known, null));
        var forbidden = Fake.of(ServletContext.class, (method, arguments) -> {
            throw new UnsupportedOperationException();
        });
        assertEquals(Optional.empty(), FilterMapping.of(forbidden, "oidc"));
        var allServlets = filter(OidcFilter.class, Set.of(), Set.of()); // <servlet-name>*</servlet-name> on Tomcat
        assertEquals(Optional.empty(), mapping(List.of(allServlets)));
        assertEquals(Optional.empty(), mapping(List.of(filter(FilterMappingTest.class, Set.of("/"), Set.of()))));
    }
}
