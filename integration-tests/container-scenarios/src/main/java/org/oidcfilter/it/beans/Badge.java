// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.beans;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.oidcfilter.cdi.Claim;

/** What is known about the caller of one request. */
@RequestScoped
public class Badge {
    @Inject
    @Claim("preferred_username")
    private Optional<String> name;

    @Inject
    @Claim("iat")
    private Instant issuedAt;

    /** What they are called, if anything. */
    public String name() {
        return name.orElse("none");
    }

    public Instant issuedAt() {
        return issuedAt;
    }
}
