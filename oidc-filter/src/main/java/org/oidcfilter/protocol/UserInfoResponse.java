// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.util.Map;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;

/**
 * The claims of the UserInfo endpoint (OpenID Connect Core 5.3.2).
 *
 * @param claims the claims, about the expected subject
 * @param json the same, as text
 */
public record UserInfoResponse(Map<String, Object> claims, String json) {
    /**
     * Reads the claims.
     *
     * @param expectedSubject the {@code sub} of the ID token, which must be repeated exactly
     * @throws InvalidResponseException with {@link Reason#PROVIDER_JSON}, {@link Reason#USERINFO_INVALID} or
     *     {@link Reason#USERINFO_SUBJECT}
     */
    public static UserInfoResponse parse(String json, String expectedSubject) {
        var answer = JsonObject.read(json, Reason.USERINFO_INVALID, object -> {
            object.requiredString("sub");
            return object;
        });
        if (!answer.requiredString("sub").equals(expectedSubject)) {
            throw new InvalidResponseException(
                    Reason.USERINFO_SUBJECT, "the UserInfo response is not about the subject of the ID token");
        }
        return new UserInfoResponse(answer.members(), json);
    }

    /** Nothing of the claims: they are personal data. */
    @Override
    public String toString() {
        return "UserInfoResponse";
    }
}
