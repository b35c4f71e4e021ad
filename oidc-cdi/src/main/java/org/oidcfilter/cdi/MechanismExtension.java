// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.cdi.openid.DefinitionExtension;
import org.oidcfilter.servlet.ContainerSecurity;

/**
 * Makes a bean of {@link OidcAuthenticationMechanism} where {@code oidc.container-security} is set, or a definition asks for it,
 * and Jakarta Security is there, and sees to it that it is the only mechanism. Signatures name nothing of Jakarta Security: some
 * containers do not have it.
 */
public class MechanismExtension implements Extension {
    private static final String SECURITY =
            "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism";

    private boolean needed;

    /** For the container. */
    public MechanismExtension() {}

    void add(@Observes AfterTypeDiscovery discovery, BeanManager beans) {
        var defined = beans.getExtension(DefinitionExtension.class).asksForContainerSecurity();
        needed = (ContainerSecurity.isAskedFor() || defined) && hasJakartaSecurity();
        if (needed) {
            Mechanisms.add(discovery);
        }
    }

    void refuseOthers(@Observes AfterDeploymentValidation validation, BeanManager beans) {
        if (needed) {
            Mechanisms.problem(beans).ifPresent(validation::addDeploymentProblem);
        }
    }

    private static boolean hasJakartaSecurity() {
        try {
            Class.forName(SECURITY, false, MechanismExtension.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** What cannot be loaded where there is no Jakarta Security. */
    private static final class Mechanisms {
        static void add(AfterTypeDiscovery discovery) {
            discovery
                    .addAnnotatedType(OidcAuthenticationMechanism.class, OidcAuthenticationMechanism.class.getName())
                    .add(ApplicationScoped.Literal.INSTANCE);
        }

        static Optional<ConfigurationException> problem(BeanManager beans) {
            var mechanisms = beans.getBeans(HttpAuthenticationMechanism.class, Any.Literal.INSTANCE);
            if (mechanisms.size() <= 1) {
                return Optional.empty();
            }
            var names = mechanisms.stream()
                    .map(bean -> bean.getBeanClass().getName())
                    .sorted()
                    .collect(Collectors.joining(", "));
            return Optional.of(
                    new ConfigurationException(List.of("oidc.container-security brings an authentication mechanism,"
                            + " and Jakarta Security allows for one; the application has " + names
                            + ": remove the others, and annotations such as @BasicAuthenticationMechanismDefinition, or use the"
                            + " filter instead")));
        }
    }
}
