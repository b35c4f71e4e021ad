// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.io.IOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test method a {@link Chrome} of its own and closes it after the test. One that a test class asks for in its
 * constructor is shared by the tests of the class, with its cookies.
 */
public final class ChromeExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ChromeExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Chrome.prerequisite();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Chrome.class;
    }

    @Override
    public Chrome resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrComputeIfAbsent(Chrome.class, key -> launch(), Chrome.class);
    }

    private static Chrome launch() {
        try {
            return Chrome.launch();
        } catch (IOException | InterruptedException e) {
            throw new ParameterResolutionException("Chromium does not start", e);
        }
    }
}
