// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import static jakarta.security.enterprise.identitystore.CredentialValidationResult.INVALID_RESULT;
import static jakarta.security.enterprise.identitystore.CredentialValidationResult.NOT_VALIDATED_RESULT;

import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStore.ValidationType;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Asks the identity stores of the application, those of low priority first, where no server has a handler (Jakarta Security 3.0
 * section 3.3.2): the first that knows the caller vouches for them, and those that only provide groups add theirs.
 */
final class StoreHandler implements IdentityStoreHandler {
    private final List<IdentityStore> stores;

    StoreHandler(Stream<IdentityStore> stores) {
        this.stores =
                stores.sorted(Comparator.comparingInt(IdentityStore::priority)).toList();
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        var result = NOT_VALIDATED_RESULT;
        for (var store : stores) {
            if (!store.validationTypes().contains(ValidationType.VALIDATE)) {
                continue;
            }
            var answer = store.validate(credential);
            if (answer.getStatus() == Status.VALID) {
                return withGroups(store, answer);
            }
            if (answer.getStatus() == Status.INVALID) {
                result = INVALID_RESULT;
            }
        }
        return result;
    }

    private CredentialValidationResult withGroups(IdentityStore vouching, CredentialValidationResult valid) {
        var groups = new TreeSet<String>();
        if (vouching.validationTypes().contains(ValidationType.PROVIDE_GROUPS)) {
            groups.addAll(valid.getCallerGroups());
        }
        for (var store : stores) {
            var types = store.validationTypes();
            if (types.contains(ValidationType.PROVIDE_GROUPS) && !types.contains(ValidationType.VALIDATE)) {
                groups.addAll(store.getCallerGroups(valid));
            }
        }
        return new CredentialValidationResult(
                valid.getIdentityStoreId(),
                valid.getCallerPrincipal(),
                valid.getCallerDn(),
                valid.getCallerUniqueId(),
                groups);
    }
}
