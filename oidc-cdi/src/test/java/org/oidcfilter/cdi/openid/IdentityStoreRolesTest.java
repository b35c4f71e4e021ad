// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Claims;
import org.oidcfilter.RoleMapper.EndUser;

class IdentityStoreRolesTest {
    private final SeContainer container = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(Handler.class, Visit.class)
            .initialize();

    @AfterEach
    void close() {
        container.close();
    }

    @Test
    void groupsOfStoresAreAddedToThoseOfTheClaims() {
        var roles = new IdentityStoreRoles();
        assertEquals(Set.of("user", "clerk"), roles.roles(new Somebody("bob")));
        assertEquals(Set.of("user"), roles.roles(new Somebody("alice")));
    }

    @Test
    void whomAStoreRefusesIsNotLetIn() {
        var roles = new IdentityStoreRoles();
        assertThrows(IllegalStateException.class, () -> roles.roles(new Somebody("mallory")));
    }

    @Test
    void theStoreThatKnowsTheCallerKnowsNobodyElse() {
        var result = new VerifiedCallerStore().validate(new VerifiedCaller(new Somebody("bob")));
        assertEquals("https://id.example", result.getIdentityStoreId());
        assertEquals("bob", result.getCallerPrincipal().getName());
        assertEquals("1", result.getCallerUniqueId());
        assertEquals(
                CredentialValidationResult.NOT_VALIDATED_RESULT,
                new VerifiedCallerStore().validate(new UsernamePasswordCredential("bob", "secret")));
    }

    private record Somebody(String name) implements EndUser {
        @Override
        public String issuer() {
            return "https://id.example";
        }

        @Override
        public String subject() {
            return "1";
        }

        @Override
        public Claims claims() {
            throw new AssertionError("not asked for");
        }

        @Override
        public Set<String> roles() {
            return Set.of("user");
        }
    }

    /** There is a request scope while stores are asked. */
    @RequestScoped
    public static class Visit {
        public String group() {
            return "clerk";
        }
    }

    /** What a server has. */
    @ApplicationScoped
    public static class Handler implements IdentityStoreHandler {
        @Inject
        Visit visit;

        @Override
        public CredentialValidationResult validate(Credential credential) {
            var known = new VerifiedCallerStore().validate(credential);
            var name = known.getCallerPrincipal().getName();
            if (name.equals("mallory")) {
                return CredentialValidationResult.INVALID_RESULT;
            }
            var groups = new LinkedHashSet<>(known.getCallerGroups());
            if (name.equals("bob")) {
                groups.add(visit.group());
            }
            return new CredentialValidationResult(known.getCallerPrincipal(), groups);
        }
    }
}
