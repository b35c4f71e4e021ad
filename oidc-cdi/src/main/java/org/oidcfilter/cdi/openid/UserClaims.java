// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.OpenIdClaims;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.protocol.Json;

/**
 * The claims about a caller. Of the standard claims those are written out as text that are none by OpenID Connect Core 5.1, but
 * are by the contract.
 */
record UserClaims(Map<String, Object> asMap) implements OpenIdClaims, ClaimsMap {
    @Override
    public Optional<String> getEmailVerified() {
        return written(OpenIdConstant.EMAIL_VERIFIED);
    }

    @Override
    public Optional<String> getPhoneNumberVerified() {
        return written(OpenIdConstant.PHONE_NUMBER_VERIFIED);
    }

    @Override
    public Optional<String> getUpdatedAt() {
        return written(OpenIdConstant.UPDATED_AT);
    }

    /** The JSON of the address, if it is an object. */
    @Override
    public Optional<String> getAddress() {
        return written(OpenIdConstant.ADDRESS);
    }

    private Optional<String> written(String name) {
        return Optional.ofNullable(asMap.get(name))
                .map(value -> value instanceof Map<?, ?> || value instanceof Iterable<?>
                        ? member(Json.write(Map.of(name, value)), name)
                        : String.valueOf(value));
    }

    /** Without the name and the braces around it. */
    private static String member(String object, String name) {
        return object.substring(name.length() + "{\"\":".length(), object.length() - 1);
    }

    /** Nothing: claims are personal data. */
    @Override
    public String toString() {
        return "Claims";
    }
}
