// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The classes of the application's servlets. They are not initialised. */
record ServletClasses(ServletContext context) {
    /** The container's own servlets may be hidden from the application; they declare nothing. */
    private static final List<String> CONTAINERS =
            List.of("org.apache.catalina.", "org.apache.jasper.", "org.eclipse.jetty.", "io.undertow.", "org.wildfly.");

    /** The name of the class, if it is one of the application's. */
    static Optional<String> name(ServletRegistration servlet) {
        return Optional.ofNullable(servlet.getClassName())
                .filter(name -> CONTAINERS.stream().noneMatch(name::startsWith));
    }

    /** The class, if it can be loaded. */
    Optional<Class<?>> load(String name) {
        return loaders().flatMap(loader -> load(name, loader).stream()).findFirst();
    }

    /** The application's files of this name in all its libraries. */
    Stream<URL> resources(String name) {
        return loaders().flatMap(loader -> loader.resources(name)).distinct();
    }

    private Stream<ClassLoader> loaders() {
        return Stream.of(
                        Optional.ofNullable(context.getClassLoader()),
                        Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
                        Optional.ofNullable(ServletClasses.class.getClassLoader()))
                .flatMap(Optional::stream);
    }

    private static Optional<Class<?>> load(String name, ClassLoader loader) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }
}
