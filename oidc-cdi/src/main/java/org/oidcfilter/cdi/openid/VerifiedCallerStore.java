// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;

/** Knows whom the provider vouches for, and nobody else (Jakarta Security 3.0 section 2.4.4). */
public class VerifiedCallerStore implements IdentityStore {
    VerifiedCallerStore() {}

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof VerifiedCaller verified)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        var user = verified.user();
        return new CredentialValidationResult(user.issuer(), user.name(), null, user.subject(), user.roles());
    }
}
