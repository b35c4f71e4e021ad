// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Secret;
import org.oidcfilter.SetCookie;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.session.LoginState;
import org.oidcfilter.session.SavedForm;
import org.oidcfilter.session.SavedFormCookie;

/**
 * Sends a form once more whose sender had to log in again, if the operator wants it. Only a person's form that provably
 * comes from a page of the application is kept, only with the session of whoever sent it, though it is over, and only the
 * same person's login sends it, once.
 */
final class SavedForms {
    private static final int MAX_BODY = 8 * 1024;
    private static final int MAX_FIELDS = 500;

    private final boolean enabled;
    private final SavedFormCookie cookie;

    SavedForms(boolean enabled, SavedFormCookie cookie) {
        this.enabled = enabled;
        this.cookie = cookie;
    }

    /** Whether the request is one whose form may be kept, as far as can be told without reading it. */
    boolean takes(OidcRequest request, Site site) {
        return enabled && Navigation.isPost(request) && Navigation.sameOrigin(request, site);
    }

    /**
     * The cookie that keeps the form of a request for the login {@code state}, if there is one to keep.
     *
     * @param owner the session that the request came with
     */
    Optional<SetCookie> keep(OidcRequest request, Site site, Optional<OidcSession> owner, Secret state) {
        if (owner.isEmpty() || !takes(request, site)) {
            return Optional.empty();
        }
        return site.exactly(request)
                .flatMap(target -> body(request).map(body -> SavedForm.of(owner.get(), state, target, body)))
                .flatMap(form -> cookie.keep(form, site.cookieScope(), request.cookies()));
    }

    /** The page that sends the form of the person who has just logged in by {@code login}, if there is one. */
    Optional<Reply> resume(OidcRequest request, Site site, LoginState login, OidcSession session) {
        return cookie.find(login.state(), site.cookieScope(), request.cookies())
                .filter(form -> form.isOf(session))
                .map(form -> Replies.page(
                        200, Page.sendAgain(form.target(), pairs(form)), List.of(cookie.removal(site.cookieScope()))));
    }

    private static List<Map.Entry<String, String>> pairs(SavedForm form) {
        return Form.pairs(form.body().reveal(), MAX_FIELDS);
    }

    /** A body that is no form, too large, or not in UTF-8 is given up: the page that it was written on comes back. */
    private static Optional<Secret> body(OidcRequest request) {
        try {
            var body = request.form(MAX_BODY);
            Form.pairs(body, MAX_FIELDS);
            return Optional.of(Secret.of(body));
        } catch (IOException | InvalidResponseException e) {
            return Optional.empty();
        }
    }
}
