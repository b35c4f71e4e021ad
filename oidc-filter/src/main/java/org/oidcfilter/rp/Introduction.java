// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the relying party says of itself when it starts: what an operator has to know and to register.
 *
 * @param issuer the provider
 * @param clientId who we are there
 * @param site the application as browsers see it, where the configuration says
 * @param path the base path of our endpoints
 * @param idleTimeout how long an unused session lasts that the container keeps; empty if it keeps none of ours
 * @param remembersEnded whether a session that has ended is of use still
 * @param notes what is special about this configuration, a sentence each
 */
public record Introduction(
        String issuer,
        String clientId,
        Optional<Site> site,
        String path,
        Optional<Duration> idleTimeout,
        boolean remembersEnded,
        List<String> notes) {
    private static final String INDENT = System.lineSeparator() + "  ";

    public Introduction {
        notes = List.copyOf(notes);
    }

    /** The whole of it, for the filter called {@code name}. */
    public String text(String name) {
        return text(
                "OIDC Filter '" + name + "'",
                "enforced by the filter; every mapped path needs a login unless it is public");
    }

    /**
     * The whole of it.
     *
     * @param who what is ready
     * @param rules who asks for logins and roles, and where
     */
    public String text(String who, String rules) {
        var text = new StringBuilder(who + " is ready")
                .append(INDENT + "provider: " + issuer + " (client " + clientId + ")")
                .append(INDENT + "rules:    " + rules);
        notes.forEach(note -> text.append(INDENT).append("note:     ").append(note));
        return text.append(site.map(Introduction::addresses)
                        .orElse(INDENT + "addresses to register at the provider: shown at the first login, "
                                + "or set oidc.external-url"))
                .toString();
    }

    /** What to register, for a site that only a request could tell. */
    public String announcement(Site known) {
        return "OIDC Filter for client " + clientId
                + ", as the browser of a login named it (set oidc.external-url to be sure)" + addresses(known);
    }

    /** Whether {@link #text} holds the addresses to register. */
    public boolean addressesKnown() {
        return site.isPresent();
    }

    /** Whether browsers are known to use https. */
    public boolean https() {
        return site.map(Site::secure).orElse(false);
    }

    private static String addresses(Site site) {
        return INDENT + "redirect URI to register:             " + site.callback() + INDENT
                + "post-logout redirect URI to register: " + site.logoutCallback() + INDENT
                + "back-channel logout URL to register:  " + site.backchannelLogout() + INDENT
                + "  or, if the provider has none, front-channel logout URL: " + site.frontchannelLogout();
    }
}
