// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.util.stream.Collectors.joining;

/** Says what this is to somebody who opens the issuer in a browser. */
final class StartPage {
    private StartPage() {}

    static Reply show(Provider provider) {
        String users = provider.registry().users().stream()
                .map(user -> Page.escape(user.username()))
                .collect(joining(", "));
        return Page.of(200, "Development provider", """
                <h1>This is an OpenID Provider</h1>
                <p>It is for demos and tests: anybody can log in as any of its users, without a password.
                To log in, open an application that uses it.</p>
                <p>Issuer: <b>%s</b><br>Users: <b>%s</b></p>
                <p><a href="%s">Metadata</a> · <a href="%s">Keys</a></p>""".formatted(
                        Page.escape(provider.issuer()),
                        users.isEmpty() ? "none" : users,
                        Endpoint.DISCOVERY.path(),
                        Endpoint.JWKS.path()));
    }
}
