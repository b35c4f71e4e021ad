// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** What is promised where the container itself enforces constraints ({@code oidc.container-security}): no less than with the filter. */
public interface ContainerSecurityScenarios
        extends LoginScenarios,
                AccessScenarios,
                StepUpScenarios,
                DispatchScenarios,
                ForwardScenarios,
                UploadScenarios,
                ErrorScenarios,
                RefreshScenarios,
                LogoutScenarios,
                BackchannelScenarios,
                FrontchannelScenarios,
                SessionScenarios,
                ConstraintScenarios,
                ForgetfulContainerScenarios {

    /** The web application with constraints for the paths that {@link FilterScenarios} has rules for. */
    static WebArchive war(DevelopmentProvider provider) {
        return application(provider).archive();
    }

    /** What can be added to. */
    static TestWar application(DevelopmentProvider provider) {
        return TestWar.named("container")
                .constrained()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.scope", "openid profile offline_access"));
    }
}
