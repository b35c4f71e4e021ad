// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

/** The provider answered {@code error=…} (RFC 6749 sections 4.1.2.1 and 5.2, OpenID Connect Core 3.1.2.6). */
public final class ProviderErrorException extends OidcException {
    private static final long serialVersionUID = 1L;

    private final String error;

    /**
     * Names the error in its message, without the markup that RFC 6749 allows in one.
     *
     * @param error the provider's error code, already known to consist of the characters RFC 6749 allows
     */
    public ProviderErrorException(Reason reason, String error) {
        super(reason, "the provider answered error=" + error.replaceAll("[^\\w .-]", "?"), null);
        this.error = error;
    }

    /** The provider's error code, for example {@code access_denied}. */
    public String error() {
        return error;
    }
}
