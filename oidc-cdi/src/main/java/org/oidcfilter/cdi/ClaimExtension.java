// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Sees to it that no bean keeps a {@link Claim} for longer than a request. */
public class ClaimExtension implements Extension {
    /** For the container. */
    public ClaimExtension() {}

    void refuseKept(@Observes AfterDeploymentValidation validation, BeanManager beans) {
        for (var bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            if (outlivesRequests(bean)) {
                new Holder(bean, beans)
                        .problems()
                        .forEach(text -> validation.addDeploymentProblem(new DefinitionException(text)));
            }
        }
    }

    /** Session beans of EJB are pooled, or belong to no request. */
    private static boolean outlivesRequests(Bean<?> bean) {
        var scope = bean.getScope();
        return (scope != Dependent.class && scope != RequestScoped.class)
                || Stream.of(bean.getBeanClass().getAnnotations())
                        .anyMatch(any -> any.annotationType().getName().startsWith("jakarta.ejb."));
    }

    /** A bean with those that live as long as it does, because they are parts of it. */
    private static final class Holder {
        private final Bean<?> bean;
        private final BeanManager beans;
        private final Set<Bean<?>> seen = new HashSet<>();
        private final List<String> problems = new ArrayList<>();

        Holder(Bean<?> bean, BeanManager beans) {
            this.bean = bean;
            this.beans = beans;
        }

        List<String> problems() {
            look(bean);
            return problems;
        }

        private void look(Bean<?> part) {
            if (!seen.add(part)) {
                return;
            }
            for (var point : part.getInjectionPoints()) {
                if (InjectedClaim.nameAt(point).isPresent()) {
                    refuse(point);
                } else if (!point.isDelegate()) {
                    parts(point).forEach(this::look);
                }
            }
        }

        private void refuse(InjectionPoint point) {
            if (!InjectedClaim.isLookUp(point)) {
                problems.add(InjectedClaim.outOfDate(
                        point,
                        "kept by the @" + bean.getScope().getSimpleName() + " "
                                + bean.getBeanClass().getName()));
            }
        }

        private Stream<Bean<?>> parts(InjectionPoint point) {
            var qualifiers = point.getQualifiers().toArray(Annotation[]::new);
            return beans.getBeans(point.getType(), qualifiers).stream()
                    .filter(found -> found.getScope() == Dependent.class);
        }
    }
}
