// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.definition;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/** Only the application knows who is a clerk. */
@ApplicationScoped
public class Clerks implements IdentityStore {
    @Override
    public Set<ValidationType> validationTypes() {
        return Set.of(ValidationType.PROVIDE_GROUPS);
    }

    @Override
    public Set<String> getCallerGroups(CredentialValidationResult result) {
        return result.getCallerPrincipal().getName().equals("bob") ? Set.of("clerk") : Set.of();
    }
}
