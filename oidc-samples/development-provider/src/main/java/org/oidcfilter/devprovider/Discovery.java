// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The provider's metadata (OpenID Connect Discovery section 3). */
final class Discovery {
    private final String issuer;

    Discovery(String issuer) {
        this.issuer = issuer;
    }

    Reply metadata() {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("issuer", issuer);
        metadata.put("authorization_endpoint", issuer + Endpoint.AUTHORIZE.path());
        metadata.put("token_endpoint", issuer + Endpoint.TOKEN.path());
        metadata.put("userinfo_endpoint", issuer + Endpoint.USERINFO.path());
        metadata.put("revocation_endpoint", issuer + Endpoint.REVOCATION.path());
        metadata.put("jwks_uri", issuer + Endpoint.JWKS.path());
        metadata.put("end_session_endpoint", issuer + Endpoint.END_SESSION.path());
        metadata.putAll(abilities());
        return Reply.json(200, metadata);
    }

    private static Map<String, Object> abilities() {
        var abilities = new LinkedHashMap<String, Object>();
        abilities.put("scopes_supported", List.of("openid", "profile", "email", "offline_access"));
        abilities.put("response_types_supported", List.of("code"));
        abilities.put("response_modes_supported", List.of("query", "form_post"));
        abilities.put("grant_types_supported", List.of("authorization_code", "refresh_token"));
        abilities.put("subject_types_supported", List.of("public"));
        abilities.put("id_token_signing_alg_values_supported", Keys.ALGORITHMS);
        abilities.put("token_endpoint_auth_methods_supported", ClientAuthentication.METHODS);
        abilities.put("revocation_endpoint_auth_methods_supported", ClientAuthentication.METHODS);
        abilities.put("prompt_values_supported", List.of("none", "login", "select_account"));
        abilities.put("code_challenge_methods_supported", List.of("S256"));
        abilities.put("authorization_response_iss_parameter_supported", true);
        abilities.put("backchannel_logout_supported", true);
        abilities.put("backchannel_logout_session_supported", true);
        abilities.put("frontchannel_logout_supported", true);
        abilities.put("frontchannel_logout_session_supported", true);
        abilities.put("claims_parameter_supported", false);
        abilities.put("request_parameter_supported", false);
        abilities.put("request_uri_parameter_supported", false);
        return abilities;
    }
}
