// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.http.HttpServlet;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerConstraintsTest {
    private static final String CONSTRAINT = """
            <security-constraint>
              <web-resource-collection><url-pattern> %s </url-pattern></web-resource-collection>
              %s
            </security-constraint>
            """;
    private static final String FOR_CLERKS = "<auth-constraint><role-name>clerk</role-name></auth-constraint>";

    private final Path classes;

    ContainerConstraintsTest(@TempDir Path classes) {
        this.classes = classes;
    }

    @Test
    void rolesThatTheContainerDemandsAreNamedWithWhatToDo() throws Exception {
        var warning = warning(CONSTRAINT.formatted("/orders/*", FOR_CLERKS), "").orElseThrow();
        assertTrue(warning.contains(" /orders/*:"), warning);
        assertTrue(warning.contains("oidc.path-rules"), warning);
    }

    @Test
    void whatTheContainerCanDoWithoutACallerIsItsOwnBusiness() throws Exception {
        assertEquals(Optional.empty(), warning("", ""));
        assertEquals(Optional.empty(), warning(CONSTRAINT.formatted("/internal/*", "<auth-constraint/>"), ""));
        var confidential = "<user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee>"
                + "</user-data-constraint><!-- no auth-constraint -->";
        assertEquals(Optional.empty(), warning(CONSTRAINT.formatted("/*", confidential), ""));
    }

    /** As in an embedded Jetty, unless it is told otherwise. */
    @Test
    void anApplicationWithoutADescriptorAndAClassLoaderOfItsOwnStarts() {
        assertEquals(Optional.empty(), new ContainerConstraints(context(Optional.empty(), Map.of())).warning());
    }

    @Test
    void fragmentsCountToo() throws Exception {
        var fragment = "<web-fragment>" + CONSTRAINT.formatted("*.do", FOR_CLERKS) + "</web-fragment>";
        assertTrue(warning("", fragment).orElseThrow().contains(" *.do:"));
    }

    @Test
    void annotationsCountToo() {
        for (Class<?> type : new Class<?>[] {ForClerks.class, ClerksMayPost.class}) {
            var warning = warning(Optional.of("<web-app/>"), type).orElseThrow();
            assertTrue(warning.contains(type.getName()), warning);
        }
        assertEquals(Optional.empty(), warning(Optional.of("<web-app/>"), ForNobody.class));
    }

    @Test
    void ofManyPatternsOnlySomeAreNamed() throws Exception {
        var many = new StringBuilder();
        for (var i = 0; i < 9; i++) {
            many.append(CONSTRAINT.formatted("/" + i, FOR_CLERKS));
        }
        var warning = warning(many + many.toString(), "").orElseThrow();
        assertTrue(warning.contains("/4 and more:"), warning);
        assertFalse(warning.contains("/5"), warning);
    }

    @Test
    void aDescriptorOfOldWithADocumentTypeIsReadWithoutFetchingAnything() {
        var old = "<!DOCTYPE web-app PUBLIC \"-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN\""
                + " \"http://127.0.0.1:1/web-app_2_3.dtd\"><web-app>" + CONSTRAINT.formatted("/old", FOR_CLERKS)
                + "</web-app>";
        assertTrue(warning(Optional.of(old), HttpServlet.class).orElseThrow().contains(" /old:"));
    }

    @Test
    void whatNobodyCanReadIsLeftToTheContainer() {
        for (var broken :
                new String[] {"", "<web-app>auth-constraint", "auth-constraint", "<web-app><auth-constraint"}) {
            assertEquals(Optional.empty(), warning(Optional.of(broken), HttpServlet.class));
        }
    }

    @ServletSecurity(@HttpConstraint(rolesAllowed = "clerk"))
    private static final class ForClerks extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @ServletSecurity(httpMethodConstraints = @HttpMethodConstraint(value = "POST", rolesAllowed = "clerk"))
    private static final class ClerksMayPost extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @ServletSecurity(@HttpConstraint(ServletSecurity.EmptyRoleSemantic.DENY))
    private static final class ForNobody extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    private Optional<String> warning(String constraints, String fragment) throws Exception {
        if (!fragment.isEmpty()) {
            Files.writeString(
                    Files.createDirectories(classes.resolve("META-INF")).resolve("web-fragment.xml"), fragment);
        }
        var descriptor = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\">" + constraints + "</web-app>";
        return warning(Optional.of(descriptor), HttpServlet.class);
    }

    private Optional<String> warning(Optional<String> descriptor, Class<?> servlet) {
        var registration = Fake.of(ServletRegistration.class, Map.of("getClassName", servlet.getName()));
        return new ContainerConstraints(context(descriptor, Map.of("some", registration))).warning();
    }

    private ServletContext context(Optional<String> descriptor, Map<String, ServletRegistration> servlets) {
        return Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
            case "getResourceAsStream" ->
                descriptor
                        .map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                        .orElse(null);
            case "getClassLoader" ->
                descriptor.isEmpty()
                        ? null
                        : new URLClassLoader(
                                new URL[] {classes.toUri().toURL()}, ContainerConstraintsTest.class.getClassLoader());
            case "getServletRegistrations" -> servlets;
            default -> throw new AssertionError("nobody expected " + method);
        });
    }
}
