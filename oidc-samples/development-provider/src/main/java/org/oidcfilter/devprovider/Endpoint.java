// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

/** An endpoint whose answer can be programmed with {@link DevelopmentProvider#answer}. */
public enum Endpoint {
    DISCOVERY("/.well-known/openid-configuration"),
    JWKS("/jwks"),
    AUTHORIZE("/authorize"),
    TOKEN("/token"),
    USERINFO("/userinfo"),
    REVOCATION("/revoke"),
    END_SESSION("/end-session");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** The path below the issuer. */
    public String path() {
        return path;
    }
}
