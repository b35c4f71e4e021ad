// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** What the filter promises, on every container. */
public interface FilterScenarios
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
                SessionScenarios {

    /** The web application behind the filter. */
    static WebArchive war(DevelopmentProvider provider) {
        return TestWar.named("filter")
                .filter()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of(
                        "oidc.public-paths", "/public/*",
                        "oidc.path-rules", "/reports/* = admin",
                        "oidc.scope", "openid profile offline_access"))
                .archive();
    }
}
