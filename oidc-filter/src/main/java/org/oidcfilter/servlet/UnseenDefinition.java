// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.stream.Stream;
import org.oidcfilter.ConfigurationException;

/**
 * A definition of Jakarta Security that nobody acts on: CDI shows extensions no class without a scope in an archive whose beans have
 * to be annotated. Constraints would refuse everybody, and what only annotations of servlets close would be open.
 */
public final class UnseenDefinition {
    private static final String ANNOTATION =
            "jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition";

    /** The attribute of the servlet context that says that somebody reads definitions. */
    private static final String READ = "org.oidcfilter.definitions-are-read";

    private UnseenDefinition() {}

    /** There is somebody who reads definitions, of those that CDI shows. */
    public static void noticeIn(ServletContext context) {
        context.setAttribute(READ, true);
    }

    /**
     * Looks for one.
     *
     * @throws ConfigurationException if there is one
     */
    public static void refuse(ServletContext context) {
        if (context.getAttribute(READ) == null || !Definition.of(context).isEmpty()) {
            return;
        }
        var unseen = context.getServletRegistrations().values().stream()
                .flatMap(servlet -> Stream.concat(
                        ServletClasses.name(servlet).stream(),
                        Stream.of(servlet.getName()))) // of resources it is the class of their application
                .distinct()
                .filter(name -> new ServletClasses(context)
                        .load(name)
                        .filter(UnseenDefinition::isDefinition)
                        .isPresent())
                .sorted()
                .toList();
        if (!unseen.isEmpty()) {
            throw new ConfigurationException(List.of(
                    "@OpenIdAuthenticationMechanismDefinition is not seen by CDI on " + String.join(", ", unseen)
                            + ": put it on a bean with a scope, such as @ApplicationScoped, or set bean-discovery-mode=\"all\""
                            + " in beans.xml"));
        }
    }

    private static boolean isDefinition(Class<?> servlet) {
        return Stream.of(servlet.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().getName().startsWith(ANNOTATION));
    }
}
