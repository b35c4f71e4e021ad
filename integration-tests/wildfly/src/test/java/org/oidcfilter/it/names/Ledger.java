// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.names;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.sql.SQLException;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Makes everybody a clerk whom the database knows of; it is looked up by the name that Jakarta Security has as its default. */
@ApplicationScoped
public class Ledger implements IdentityStore {
    @Override
    public Set<ValidationType> validationTypes() {
        return Set.of(ValidationType.PROVIDE_GROUPS);
    }

    @Override
    @SuppressWarnings("BanJNDI") // a constant
    public Set<String> getCallerGroups(CredentialValidationResult result) {
        try {
            DataSource data = InitialContext.doLookup("java:comp/DefaultDataSource");
            try (var connection = data.getConnection()) {
                return connection.isValid(1) ? Set.of("clerk") : Set.of();
            }
        } catch (NamingException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
