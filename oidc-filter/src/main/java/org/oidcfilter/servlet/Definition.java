// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.stream.Collectors;
import org.oidcfilter.config.Setting;

/** Settings that the application's code defines, by an annotation of some standard, say: they count where nothing else is set. */
public final class Definition {
    private static final String ATTRIBUTE = "org.oidcfilter.definition";

    private Definition() {}

    /** To be called before anything of ours starts. */
    public static void set(ServletContext context, Map<String, String> settings) {
        context.setAttribute(ATTRIBUTE, new Settings(Map.copyOf(settings)));
    }

    /** Whether it leaves it to the container who may do what. */
    static boolean asksForContainerSecurity(ServletContext context) {
        return Boolean.parseBoolean(of(context).get(Setting.CONTAINER_SECURITY.key()));
    }

    static Map<String, String> of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Settings settings ? settings.values() : Map.of();
    }

    private record Settings(Map<String, String> values) {
        /** Names only: there is a secret among the values. */
        @Override
        public String toString() {
            return values.keySet().stream().sorted().collect(Collectors.joining(", ", "Settings[", "]"));
        }
    }
}
