// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.servlet.ServletContext;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.ConfigProvider;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.config.Setting;

/**
 * Takes {@code @OpenIdAuthenticationMechanismDefinition} from the classes that have it, before a server makes a mechanism of its
 * own of it, and makes settings of what it says. Signatures name nothing of Jakarta Security: some applications do not have it.
 */
public class DefinitionExtension implements Extension {
    private static final String DEFINITION =
            "jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition";

    private final Map<String, List<Annotation>> definitions = new TreeMap<>();

    /** For the container. */
    public DefinitionExtension() {}

    /** Whether the application leaves it to the container who may do what, by having a definition and saying nothing else. */
    public boolean asksForContainerSecurity() {
        return !definitions.isEmpty() && !isSet(Setting.CONTAINER_SECURITY);
    }

    <T> void take(@Observes ProcessAnnotatedType<T> event) {
        var type = event.getAnnotatedType();
        var found = new ArrayList<>(definitionsOf(type));
        type.getMethods().forEach(method -> found.addAll(definitionsOf(method)));
        if (found.isEmpty()) {
            return;
        }
        definitions.put(type.getJavaClass().getName(), found);
        var configured = event.configureAnnotatedType();
        configured.remove(DefinitionExtension::isDefinition);
        configured.methods().forEach(method -> method.remove(DefinitionExtension::isDefinition));
    }

    void addRoles(@Observes AfterBeanDiscovery discovery, BeanManager beans) {
        if (!definitions.isEmpty()) {
            Stores.add(discovery, beans);
        }
    }

    /** Before anything of ours reads its configuration. */
    void publish(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) @Initialized(ApplicationScoped.class)
                    ServletContext context,
            BeanManager beans) {
        var all = definitions.values().stream().flatMap(List::stream).distinct().toList();
        if (all.size() > 1) {
            throw new ConfigurationException(
                    List.of("there are several @OpenIdAuthenticationMechanismDefinition, and an"
                            + " application has one relying party; the classes that have one are "
                            + String.join(", ", definitions.keySet())));
        }
        all.forEach(definition -> Reader.publish(definition, context, beans));
    }

    private static List<Annotation> definitionsOf(Annotated annotated) {
        return annotated.getAnnotations().stream()
                .filter(DefinitionExtension::isDefinition)
                .flatMap(annotation -> RepeatedDefinitions.of(annotation).stream())
                .toList();
    }

    private static boolean isDefinition(Annotation annotation) {
        return annotation.annotationType().getName().startsWith(DEFINITION);
    }

    private static boolean isSet(Setting setting) {
        try {
            return ConfigProvider.getConfig().getConfigValue(setting.key()).getRawValue() != null;
        } catch (IllegalStateException | LinkageError e) {
            return false; // whoever reads the settings says what is missing
        }
    }

    /** What cannot be loaded where there is no Jakarta Security. */
    private static final class Reader {
        static void publish(Annotation definition, ServletContext context, BeanManager beans) {
            var settings = new TreeMap<>(Definition.settings(
                    (OpenIdAuthenticationMechanismDefinition) definition,
                    new Expressions(beans),
                    context.getContextPath()));
            if (isSet(Setting.CONTAINER_SECURITY)) {
                settings.remove(Setting.CONTAINER_SECURITY.key());
            }
            Stores.mapper(beans).ifPresent(mapper -> settings.put(Setting.ROLE_MAPPER.key(), mapper));
            org.oidcfilter.servlet.Definition.set(context, settings);
        }
    }
}
