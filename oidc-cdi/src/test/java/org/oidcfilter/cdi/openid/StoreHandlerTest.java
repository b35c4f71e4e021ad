// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.security.enterprise.credential.CallerOnlyCredential;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoreHandlerTest {
    private static final Credential BOB = new CallerOnlyCredential("bob");

    @Test
    void theFirstThatKnowsTheCallerVouchesForThem() {
        var result = validate(knows("late", 20, "bob"), knows("early", 10, "bob"), knows("other", 0, "alice"));
        assertEquals(Status.VALID, result.getStatus());
        assertEquals(Set.of("early"), result.getCallerGroups());
    }

    @Test
    void whoOnlyProvidesGroupsAddsThem() {
        assertEquals(
                Set.of("early", "more", "most"),
                validate(provides("more", 0), knows("early", 10, "bob"), provides("most", 99))
                        .getCallerGroups());
    }

    @Test
    void whoOnlyVouchesGivesNoGroups() {
        var vouches = new Store("early", 10, "bob", EnumSet.of(IdentityStore.ValidationType.VALIDATE));
        assertEquals(Set.of("more"), validate(vouches, provides("more", 0)).getCallerGroups());
    }

    @Test
    void whomNobodyKnowsIsNotValid() {
        assertEquals(Status.NOT_VALIDATED, validate().getStatus());
        assertEquals(Status.NOT_VALIDATED, validate(provides("more", 0)).getStatus());
        assertEquals(
                Status.INVALID,
                validate(knows("other", 0, "alice"), provides("more", 0)).getStatus());
    }

    private static CredentialValidationResult validate(IdentityStore... stores) {
        return new StoreHandler(Stream.of(stores)).validate(BOB);
    }

    private static IdentityStore knows(String name, int priority, String caller) {
        return new Store(name, priority, caller, IdentityStore.DEFAULT_VALIDATION_TYPES);
    }

    private static IdentityStore provides(String name, int priority) {
        return new Store(name, priority, "nobody", EnumSet.of(IdentityStore.ValidationType.PROVIDE_GROUPS));
    }

    /** Gives a group that is called as it is. */
    private record Store(String name, int priority, String caller, Set<ValidationType> validationTypes)
            implements IdentityStore {
        @Override
        public CredentialValidationResult validate(Credential credential) {
            return ((CallerOnlyCredential) credential).getCaller().equals(caller)
                    ? new CredentialValidationResult(caller, Set.of(name))
                    : CredentialValidationResult.INVALID_RESULT;
        }

        @Override
        public Set<String> getCallerGroups(CredentialValidationResult valid) {
            return Set.of(name);
        }
    }
}
