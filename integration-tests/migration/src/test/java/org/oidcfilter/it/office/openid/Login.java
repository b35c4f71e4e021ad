// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.office.openid;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.ClaimsDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.LogoutDefinition;
import java.util.ResourceBundle;

/** Who knows the callers. */
@OpenIdAuthenticationMechanismDefinition(
        providerURI = "${login.issuer}",
        clientId = "shop",
        clientSecret = "${login.secret}",
        redirectURI = "${baseURL}/callback",
        redirectToOriginalResource = true,
        claimsDefinition = @ClaimsDefinition(callerNameClaim = "preferred_username", callerGroupsClaim = "groups"),
        logout = @LogoutDefinition(notifyProvider = true, redirectURI = "${baseURL}/goodbye.html"))
@Named
@ApplicationScoped
public class Login {
    private final ResourceBundle settings = ResourceBundle.getBundle("login");

    public String getIssuer() {
        return settings.getString("issuer");
    }

    public String getSecret() {
        return settings.getString("secret");
    }
}
