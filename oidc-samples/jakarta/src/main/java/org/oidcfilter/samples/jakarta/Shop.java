// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.jakarta;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.LogoutDefinition;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.config.ConfigProvider;

/** The application: where its resources are, and who logs people in. The operator says that, by MicroProfile Config. */
@Named
@Dependent
@ApplicationPath("api")
@OpenIdAuthenticationMechanismDefinition(
        providerURI = "${shop.setting('shop.provider')}",
        clientId = "${shop.setting('shop.client-id')}",
        clientSecret = "${shop.setting('shop.client-secret')}",
        logout = @LogoutDefinition(notifyProvider = true, redirectURI = "${baseURL}/index.html"),
        tokenAutoRefresh = true)
public class Shop extends Application {
    public String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
