// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.io.IOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link Keycloak} of this test run to every test that asks for it, running. */
public final class KeycloakExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(KeycloakExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Keycloak.prerequisite();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Keycloak.class;
    }

    @Override
    public Keycloak resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Keycloak keycloak = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(Keycloak.class, key -> launch(), Keycloak.class);
        try {
            // A test that failed while the provider was away must not take the following ones with it.
            keycloak.start();
        } catch (IOException | InterruptedException e) {
            throw new ParameterResolutionException("Keycloak does not start", e);
        }
        return keycloak;
    }

    private static Keycloak launch() {
        try {
            return Keycloak.launch();
        } catch (IOException | InterruptedException e) {
            throw new ParameterResolutionException("Keycloak does not start", e);
        }
    }
}
