// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.util.Map;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

/**
 * A form that somebody posted whose session was over, until they have logged in again.
 *
 * @param state the login that it waits for
 * @param issuer whose subject it is
 * @param subject who posted it
 * @param target the path and query that it was posted to
 * @param body the form, encoded as it came
 */
public record SavedForm(Secret state, String issuer, String subject, String target, Secret body) {
    /** A form of the caller of {@code session}. */
    public static SavedForm of(OidcSession session, Secret state, String target, Secret body) {
        return new SavedForm(
                state, session.identity().issuer(), session.identity().subject(), target, body);
    }

    /** Whether the person who has logged in is the one who posted it. */
    public boolean isOf(OidcSession session) {
        return session.identity().issuer().equals(issuer)
                && session.identity().subject().equals(subject);
    }

    Map<String, Object> toJson() {
        return Map.of("s", state.reveal(), "i", issuer, "u", subject, "t", target, "b", body.reveal());
    }

    /** @throws IllegalArgumentException if that is not the JSON of a form */
    static SavedForm fromJson(Map<String, Object> json) {
        var members = new Members(json);
        return new SavedForm(
                Secret.of(members.text("s")),
                members.text("i"),
                members.text("u"),
                members.text("t"),
                Secret.of(members.text("b")));
    }

    /** Nothing of it: people write what they want. */
    @Override
    public String toString() {
        return "SavedForm";
    }
}
