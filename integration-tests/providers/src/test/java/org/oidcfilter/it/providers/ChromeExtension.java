// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test a {@link Chrome} of its own, with an empty profile, and closes it after the test. */
final class ChromeExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ChromeExtension.class);

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
