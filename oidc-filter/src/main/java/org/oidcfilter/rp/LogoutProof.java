// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.Optional;
import org.oidcfilter.OidcSession;
import org.oidcfilter.session.CookieSealer;

/** A value that only a page of the application can know for a session, so that a foreign page cannot end it. */
final class LogoutProof {
    private final CookieSealer sealer;

    LogoutProof(CookieSealer sealer) {
        this.sealer = sealer;
    }

    String of(OidcSession session) {
        return sealer.seal(content(session));
    }

    boolean proves(OidcSession session, Optional<String> proof) {
        return proof.flatMap(sealer::open).map(content(session)::equals).orElse(false);
    }

    private static String content(OidcSession session) {
        var identity = session.identity();
        return session.times().loginStartedAt().toEpochMilli() + " " + identity.subject() + " " + identity.issuer();
    }
}
