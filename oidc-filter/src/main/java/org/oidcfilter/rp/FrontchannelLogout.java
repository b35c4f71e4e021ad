// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.LocalSessions;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcEvent.LogoutCause;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.session.LogoutMarks;

/**
 * Ends a session because a page of the provider shows this address in a frame (OpenID Connect Front-Channel Logout 1.0).
 *
 * <p>Anybody can show it, so it needs the {@code sid}, and ends only what is known to have it: the session of this browser,
 * where the browser sends its cookie into a frame, and the sessions that this node holds. For an unknown {@code sid} nothing
 * is stored. The answer is always the same.
 */
final class FrontchannelLogout {
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "text/html;charset=UTF-8",
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff");
    private static final String PAGE =
            "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Signed out</title></html>";

    private final String issuer;
    private final ExistingSession existing;
    private final LogoutMarks marks;
    private final LocalSessions localSessions;
    private final Events events;

    /** Who else takes part. */
    record Collaborators(ExistingSession existing, LogoutMarks marks, LocalSessions localSessions, Events events) {}

    FrontchannelLogout(String issuer, Collaborators with) {
        this.issuer = issuer;
        this.existing = with.existing();
        this.marks = with.marks();
        this.localSessions = with.localSessions();
        this.events = with.events();
    }

    Reply handle(OidcRequest request, Site site) {
        var form = Form.parse(request.query().orElse(""));
        if (form.get("iss").map(issuer::equals).orElse(false)) {
            form.get("sid").ifPresent(sid -> end(request, marks.now(Optional.empty(), Optional.of(sid))));
        }
        return new Reply(200, HEADERS, List.of(), PAGE);
    }

    private void end(OidcRequest request, LogoutMark mark) {
        var own = existing.remembered(request).filter(mark::ends);
        var goesOn = own.filter(existing::goesOn);
        own.ifPresent(session -> request.session().update(stored -> without(stored, session)));
        var here = localSessions.end(mark);
        if (here > 0 || own.isPresent()) {
            marks.store(mark);
        }
        if (goesOn.isPresent()) {
            events.loggedOut(goesOn.get(), LogoutCause.FRONT_CHANNEL, false);
        } else if (here > 0) {
            events.loggedOut(mark.sid().orElseThrow(), LogoutCause.FRONT_CHANNEL);
        }
    }

    private static Optional<OidcSession> without(OidcSession stored, OidcSession ended) {
        return stored.sameLoginAs(ended) ? Optional.empty() : Optional.of(stored);
    }
}
