// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.protocol.Form;

/** Tells scripts who is logged in. With {@code slide=false} asking does not extend the session. No tokens. */
final class UserEndpoint {
    private final ExistingSession existing;
    private final LogoutProof proof;
    private final Clock clock;

    UserEndpoint(ExistingSession existing, LogoutProof proof, Clock clock) {
        this.existing = existing;
        this.proof = proof;
        this.clock = clock;
    }

    Reply handle(OidcRequest request, Site site) {
        var query = Form.parse(request.query().orElse(""));
        var slide = !query.get("slide").map("false"::equals).orElse(false);
        var session = slide ? existing.use(request, true).session() : existing.look(request);
        return session.map(current -> Replies.json(200, body(current, site)))
                .orElseGet(() -> Replies.loginRequired(site));
    }

    private Map<String, Object> body(OidcSession session, Site site) {
        var identity = session.identity();
        var body = new LinkedHashMap<String, Object>();
        body.put("issuer", identity.issuer());
        body.put("subject", identity.subject());
        body.put("name", identity.name());
        body.put("roles", identity.roles().stream().sorted().toList());
        body.put(
                "session_expires_in",
                Duration.between(clock.instant(), existing.expiry(session)).toSeconds());
        body.put("logout_url", site.logout() + "?proof=" + Login.encoded(proof.of(session)));
        return body;
    }
}
