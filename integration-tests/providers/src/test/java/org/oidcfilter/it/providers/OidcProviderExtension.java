// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import java.io.IOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link OidcProvider} of this test run to tests, which start it with the clients they need. */
final class OidcProviderExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(OidcProviderExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return OidcProvider.prerequisite();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OidcProvider.class;
    }

    @Override
    public OidcProvider resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .getOrComputeIfAbsent(OidcProvider.class, key -> install(), OidcProvider.class);
    }

    private static OidcProvider install() {
        try {
            return OidcProvider.install();
        } catch (IOException | InterruptedException e) {
            throw new ParameterResolutionException("oidc-provider cannot be installed", e);
        }
    }
}
