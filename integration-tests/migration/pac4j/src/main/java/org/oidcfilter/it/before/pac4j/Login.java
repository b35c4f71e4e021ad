// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.before.pac4j;

import java.util.ResourceBundle;
import org.pac4j.core.authorization.authorizer.RequireAnyRoleAuthorizer;
import org.pac4j.core.config.Config;
import org.pac4j.core.config.ConfigFactory;
import org.pac4j.core.matching.matcher.PathMatcher;
import org.pac4j.oidc.authorization.generator.KeycloakRolesAuthorizationGenerator;
import org.pac4j.oidc.client.KeycloakOidcClient;
import org.pac4j.oidc.config.KeycloakOidcConfiguration;

/** Who knows the callers. */
public class Login implements ConfigFactory {
    @Override
    public Config build(Object... parameters) {
        var settings = ResourceBundle.getBundle("login");
        var oidc = new KeycloakOidcConfiguration();
        oidc.setBaseUri(settings.getString("keycloak"));
        oidc.setRealm("acme");
        oidc.setClientId("shop");
        oidc.setSecret(settings.getString("secret"));
        oidc.setClientAuthenticationMethodAsString("client_secret_basic");
        var client = new KeycloakOidcClient(oidc);
        client.setName("oidc");
        client.setAuthorizationGenerator(new KeycloakRolesAuthorizationGenerator());
        var config = new Config(settings.getString("callback"), client);
        config.addAuthorizer("admin", new RequireAnyRoleAuthorizer("admin"));
        config.addMatcher("closed", new PathMatcher().excludePaths("/goodbye.html"));
        return config;
    }
}
