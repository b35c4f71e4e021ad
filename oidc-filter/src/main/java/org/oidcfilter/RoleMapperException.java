// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

/** The application's {@link RoleMapper} gave no answer, so that nobody knows what the caller may do. For the filter to throw. */
public final class RoleMapperException extends OidcException {
    private static final long serialVersionUID = 1L;

    /** @param message what happened, without what the mapper's own exception says: that could hold anything */
    public RoleMapperException(String message) {
        super(Reason.ROLE_MAPPER_FAILED, message, null);
    }
}
