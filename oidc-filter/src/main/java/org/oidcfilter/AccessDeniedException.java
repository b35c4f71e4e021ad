// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Optional;

/**
 * What the application's code asks of its caller, by {@code @RolesAllowed} and the like on a method, is not so. Whoever let the request in
 * answers it: with a login, if that can help, or with 403.
 */
public final class AccessDeniedException extends OidcException {
    private static final long serialVersionUID = 1L;

    private final transient LoginRequirement login;

    private AccessDeniedException(Reason reason, String message, LoginRequirement login) {
        super(reason, message, null);
        this.login = login;
    }

    /** The caller may not do this, however they log in. */
    public static AccessDeniedException forbidden(String message) {
        return new AccessDeniedException(Reason.FORBIDDEN, message, LoginRequirement.NONE);
    }

    /** Nobody is logged in. */
    public static AccessDeniedException nobody(LoginRequirement login) {
        return new AccessDeniedException(Reason.LOGIN_REQUIRED, "nobody is logged in", login);
    }

    /** The caller has not logged in as strongly, or as freshly, as needed. */
    public static AccessDeniedException insufficient(LoginRequirement login) {
        return new AccessDeniedException(
                Reason.INSUFFICIENT_USER_AUTHENTICATION, "a stronger or fresher login is needed", login);
    }

    /** The login that would help; none if the caller may not do this at all. */
    public Optional<LoginRequirement> login() {
        return reason() == Reason.FORBIDDEN ? Optional.empty() : Optional.ofNullable(login);
    }
}
