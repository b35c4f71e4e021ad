// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AfterTypeDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.configurator.BeanConfigurator;
import jakarta.interceptor.Interceptor;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.oidcfilter.Caller;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.cdi.openid.DefinitionExtension;
import org.oidcfilter.cdi.openid.JakartaSecurity;
import org.oidcfilter.servlet.ContainerSecurity;

/**
 * Makes a bean of {@link OidcAuthenticationMechanism} where {@code oidc.container-security} is set, or a definition asks for it,
 * and the server has Jakarta Security, and sees to it that it is the only mechanism. Everywhere else the server does not
 * know the caller by it, and beans of ours do. Signatures name nothing of Jakarta Security: some applications do not have it.
 */
public class MechanismExtension implements Extension {
    private boolean needed;

    /** For the container. */
    public MechanismExtension() {}

    void add(@Observes AfterTypeDiscovery discovery, BeanManager beans) {
        var defined = beans.getExtension(DefinitionExtension.class).asksForContainerSecurity();
        needed = (ContainerSecurity.isAskedFor() || defined) && JakartaSecurity.isOfTheServer();
        if (needed) {
            Mechanisms.add(discovery);
        }
    }

    void refuseOthers(@Observes AfterDeploymentValidation validation, BeanManager beans) {
        if (needed) {
            Mechanisms.problem(beans).ifPresent(validation::addDeploymentProblem);
        }
    }

    /** Where the server has nobody who knows the caller. */
    void addIdentity(@Observes AfterBeanDiscovery discovery, BeanManager beans) {
        if (needed) {
            return;
        }
        addBean(discovery)
                .types(Principal.class)
                .createWith(creation -> new CurrentPrincipal(
                        beans.createInstance().select(Caller.class).get()));
        if (JakartaSecurity.isThere()) {
            Contexts.add(discovery, beans);
        }
    }

    /** It counts more than a bean of the same type that the server brings. */
    private static BeanConfigurator<Object> addBean(AfterBeanDiscovery discovery) {
        return discovery
                .addBean()
                .scope(RequestScoped.class)
                .alternative(true)
                .priority(Interceptor.Priority.APPLICATION);
    }

    /** What cannot be loaded where there is no Jakarta Security. */
    private static final class Contexts {
        static void add(AfterBeanDiscovery discovery, BeanManager beans) {
            addBean(discovery)
                    .types(SecurityContext.class)
                    .createWith(creation -> new CurrentSecurityContext(beans.createInstance()
                            .select(HttpServletRequest.class)
                            .get()));
        }
    }

    /** The same, for the mechanism. */
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
