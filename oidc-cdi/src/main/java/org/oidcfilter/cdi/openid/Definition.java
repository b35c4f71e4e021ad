// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.security.enterprise.authentication.mechanism.http.OpenIdAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.openid.DisplayType;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.config.Setting;

/**
 * What {@link OpenIdAuthenticationMechanismDefinition} says (Jakarta Security 3.0 section 2.4.4), as settings of ours. What it
 * leaves open has our defaults, and what would weaken them is refused or of no effect: the table is in our decision 24.
 */
final class Definition {
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final String DEFAULT_ALGORITHM = "RS256";

    private final OpenIdAuthenticationMechanismDefinition says;
    private final Attributes attributes;
    private final String contextPath;

    private Definition(OpenIdAuthenticationMechanismDefinition says, Attributes attributes, String contextPath) {
        this.says = says;
        this.attributes = attributes;
        this.contextPath = contextPath;
    }

    /**
     * The settings.
     *
     * @throws ConfigurationException with all problems, if there are any
     */
    static Map<String, String> settings(
            OpenIdAuthenticationMechanismDefinition says, Expressions expressions, String contextPath) {
        var attributes = new Attributes(expressions);
        new Definition(says, attributes, contextPath).read();
        return attributes.settings();
    }

    private void read() {
        attributes.put(Setting.CONTAINER_SECURITY, "true");
        attributes.put(Setting.USERINFO, "available");
        attributes.put(Setting.CLIENT_ID, attributes.text("clientId", says.clientId()));
        attributes.put(Setting.CLIENT_SECRET, attributes.text("clientSecret", says.clientSecret()));
        provider();
        caller();
        var callback = redirect();
        request();
        tokens();
        logout(callback);
    }

    private void provider() {
        var metadata = says.providerMetadata();
        var uri = withoutWellKnown(attributes.text("providerURI", says.providerURI()));
        var issuer = attributes.text("providerMetadata.issuer", metadata.issuer());
        attributes.put(Setting.ISSUER, issuer.isEmpty() ? uri : issuer);
        if (uri.isEmpty()) {
            attributes.put(Setting.DISCOVERY, "false");
        }
        endpoint(Setting.AUTHORIZATION_ENDPOINT, "authorizationEndpoint", metadata.authorizationEndpoint());
        endpoint(Setting.TOKEN_ENDPOINT, "tokenEndpoint", metadata.tokenEndpoint());
        endpoint(Setting.JWKS_URI, "jwksURI", metadata.jwksURI());
        endpoint(Setting.USERINFO_ENDPOINT, "userinfoEndpoint", metadata.userinfoEndpoint());
        endpoint(Setting.END_SESSION_ENDPOINT, "endSessionEndpoint", metadata.endSessionEndpoint());
        var algorithms = attributes.text(
                "providerMetadata.idTokenSigningAlgorithmsSupported", metadata.idTokenSigningAlgorithmsSupported());
        if (uri.isEmpty() || !algorithms.equals(DEFAULT_ALGORITHM)) {
            attributes.put(Setting.ID_TOKEN_ALGORITHMS, algorithms);
        }
        var types = attributes.text("providerMetadata.responseTypeSupported", metadata.responseTypeSupported());
        if (!List.of(types.split("[,\\s]+", -1)).contains(OpenIdConstant.CODE)) {
            attributes.problem("providerMetadata.responseTypeSupported", "must have code among them");
        }
    }

    private void endpoint(Setting setting, String name, String address) {
        attributes.put(setting, attributes.text("providerMetadata." + name, address));
    }

    private static String withoutWellKnown(String uri) {
        return uri.endsWith(WELL_KNOWN) ? uri.substring(0, uri.length() - WELL_KNOWN.length()) : uri;
    }

    private void caller() {
        var claims = says.claimsDefinition();
        attributes.put(
                Setting.CALLER_NAME_CLAIM,
                claim(attributes.text("claimsDefinition.callerNameClaim", claims.callerNameClaim())));
        attributes.put(
                Setting.ROLES_CLAIM,
                claim(attributes.text("claimsDefinition.callerGroupsClaim", claims.callerGroupsClaim())));
    }

    /** Names are taken literally by the standard; a dot leads into an object by ours. */
    private static String claim(String name) {
        var literal = name.isEmpty() || name.contains("'") || name.matches("https?://.+") ? name : "'" + name + "'";
        return Attributes.escaped(literal);
    }

    /** Gives the redirect URI. */
    private Place redirect() {
        var place = attributes.place("redirectURI", says.redirectURI(), contextPath);
        attributes.put(Setting.CALLBACK_PATH, place.path());
        place.application().ifPresent(url -> attributes.put(Setting.EXTERNAL_URL, url));
        var toOriginal = attributes.flag(
                "redirectToOriginalResource",
                says.redirectToOriginalResource(),
                says.redirectToOriginalResourceExpression());
        if (toOriginal) {
            attributes.put(Setting.SAVED_POSTS, "true");
        } else {
            attributes.put(Setting.LANDING_PATH, place.path());
        }
        return place;
    }

    private void request() {
        attributes.put(Setting.SCOPE, String.join(" ", scopes()));
        attributes.put(Setting.RESPONSE_MODE, attributes.text("responseMode", says.responseMode()));
        if (!attributes.text("responseType", says.responseType()).equals(OpenIdConstant.CODE)) {
            attributes.problem("responseType", "must be code: tokens do not come through the browser");
        }
        var prompts = attributes.list(
                "prompt", Stream.of(says.prompt()).map(Enum::name).toList(), says.promptExpression());
        attributes.put(Setting.PROMPT, String.join(",", prompts).toLowerCase(Locale.ROOT));
        attributes.put(Setting.EXTRA_PARAMETERS, String.join(",", parameters()));
    }

    private Stream<String> display() {
        var display = attributes
                .text(
                        "display",
                        says.displayExpression().isEmpty() ? says.display().name() : says.displayExpression())
                .toLowerCase(Locale.ROOT);
        return display.equals(DisplayType.PAGE.name().toLowerCase(Locale.ROOT))
                ? Stream.empty() // what providers do anyway
                : Stream.of(OpenIdConstant.DISPLAY + "=" + display);
    }

    private List<String> scopes() {
        var scopes = attributes.list("scope", List.of(says.scope()), says.scopeExpression());
        return scopes.contains(OpenIdConstant.OPENID_SCOPE)
                ? scopes
                : Stream.concat(Stream.of(OpenIdConstant.OPENID_SCOPE), scopes.stream())
                        .toList();
    }

    private List<String> parameters() {
        var parameters = attributes
                .parameters("extraParameters", List.of(says.extraParameters()), says.extraParametersExpression())
                .stream();
        return Stream.concat(parameters, display()).map(Attributes::escaped).toList();
    }

    private void tokens() {
        var refresh = attributes.flag("tokenAutoRefresh", says.tokenAutoRefresh(), says.tokenAutoRefreshExpression());
        attributes.put(Setting.REFRESH, String.valueOf(refresh));
        var validity =
                attributes.number("tokenMinValidity", says.tokenMinValidity(), says.tokenMinValidityExpression());
        attributes.put(Setting.REFRESH_AHEAD, validity + "ms");
    }

    private void logout(Place callback) {
        var logout = says.logout();
        attributes.put(
                Setting.SESSION_ENDS_WITH_ID_TOKEN,
                String.valueOf(attributes.flag(
                        "logout.identityTokenExpiry",
                        logout.identityTokenExpiry(),
                        logout.identityTokenExpiryExpression())));
        attributes.put(
                Setting.SESSION_ENDS_WITH_ACCESS_TOKEN,
                String.valueOf(attributes.flag(
                        "logout.accessTokenExpiry", logout.accessTokenExpiry(), logout.accessTokenExpiryExpression())));
        var notify =
                attributes.flag("logout.notifyProvider", logout.notifyProvider(), logout.notifyProviderExpression());
        attributes.put(Setting.APPLICATION_LOGOUT, notify ? "provider" : "leave");
        if (!logout.redirectURI().isEmpty()) {
            var place = attributes.place("logout.redirectURI", logout.redirectURI(), contextPath);
            var page = place.path();
            var own = callback.application();
            if (own.isPresent()
                    && place.application().isPresent()
                    && !place.application().equals(own)) {
                attributes.problem(
                        "logout.redirectURI", "must be of this application: begin both redirect URIs with ${baseURL}");
            }
            attributes.put(Setting.POST_LOGOUT_PATH, page);
            if (page.startsWith("/") && !page.equals(callback.path())) {
                attributes.put(Setting.LOGOUT_CALLBACK_PATH, page);
            }
        }
    }
}
