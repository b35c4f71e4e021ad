// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.net.URI;

/** The provider as its endpoints see it: whom it knows, what it handed out, and what it was told to lie about. */
record Provider(Terms terms, Registry registry, Sessions sessions, Tokens tokens) {
    /** What makes and remembers codes and tokens. */
    record Tokens(Keys keys, Grants grants, IdTokens idTokens, LogoutTokens logoutTokens) {}

    static Provider create(Terms terms, Registry registry, Lies lies) {
        var keys = new Keys();
        var signer = new IdTokens.Signer(keys, lies);
        var idTokens = new IdTokens(terms, registry, signer);
        return new Provider(
                terms,
                registry,
                new Sessions(terms, URI.create(terms.issuer()).getPort()),
                new Tokens(keys, new Grants(terms), idTokens, new LogoutTokens(terms, signer)));
    }

    String issuer() {
        return terms.issuer();
    }

    Keys keys() {
        return tokens.keys();
    }

    Grants grants() {
        return tokens.grants();
    }
}
