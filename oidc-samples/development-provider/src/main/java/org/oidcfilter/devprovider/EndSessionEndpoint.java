// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Logs out on the wish of a client (OpenID Connect RP-Initiated Logout). */
final class EndSessionEndpoint {
    private static final Duration PAGE_LIFE = Duration.ofMinutes(30);

    private final Provider provider;
    private final Logout logout;
    private final Issued<Departure> waiting;

    EndSessionEndpoint(Provider provider, Logout logout) {
        this.provider = provider;
        this.logout = logout;
        this.waiting = new Issued<>(provider.terms().clock(), PAGE_LIFE);
    }

    /** A logout request. Unless its hint names this browser's session, the user is asked first. */
    Reply endSession(Request request) {
        try {
            LogoutRequest wanted = LogoutRequest.parse(request, provider);
            Optional<String> here = provider.sessions().of(request).map(Session::sid);
            Optional<String> hinted = Optional.ofNullable(wanted.sid());
            var departure = new Departure(here.or(() -> hinted).orElse(""), wanted.returnTo(), wanted.state());
            return here.isEmpty() || here.equals(hinted) ? depart(departure) : ask(departure);
        } catch (Refusal refusal) {
            return Page.problem(400, "This logout cannot be done", String.valueOf(refusal.getMessage()));
        }
    }

    /** The confirmation page's form. */
    Reply confirm(Request request) {
        if (request.isCrossOrigin(provider.issuer())) {
            return Page.problem(403, "Not from our page", "This form was sent by a page of another origin.");
        }
        return request.form("request")
                .flatMap(waiting::take)
                .map(this::depart)
                .orElseGet(() -> Page.problem(400, "Already answered", "This page was used before or is too old."));
    }

    private Reply ask(Departure departure) {
        return Page.of(200, "Log out?", """
                <h1>Log out?</h1>
                <p>This ends your session at the development provider and in the applications that use it.</p>
                <form method="post" action="/end-session/confirm">
                %s
                <button class="action">Log out</button>
                </form>""".formatted(Page.hidden("request", waiting.issue(departure))));
    }

    private Reply depart(Departure departure) {
        List<String> frames = frames(departure.sid());
        logout.end(session -> session.sid().equals(departure.sid()));
        Optional<String> next = departure.next();
        return frames.isEmpty() && next.isPresent()
                ? Reply.redirect(next.get()).notStored()
                : LoggedOutPage.show(frames, next);
    }

    /** What the browser must load so that the session's clients learn of its end (Front-Channel Logout section 2). */
    private List<String> frames(String sid) {
        Map<String, String> whichSession = new TreeMap<>(Map.of("iss", provider.issuer(), "sid", sid));
        return provider.sessions().withSid(sid).stream()
                .flatMap(session -> session.clientIds().stream())
                .flatMap(id -> provider.registry().client(id).stream())
                .flatMap(client -> client.frontchannelLogoutUri().stream())
                .map(uri -> Form.append(uri, whichSession))
                .sorted()
                .toList();
    }

    /**
     * A logout that is about to happen.
     *
     * @param sid the session to end; a value that no session has ends none
     * @param returnTo the registered URI to return to, null to stay
     * @param state the value to hand back
     */
    private record Departure(
            String sid, @Nullable String returnTo, @Nullable String state) {
        Optional<String> next() {
            Map<String, String> parameters = state == null ? Map.of() : Map.of("state", state);
            return Optional.ofNullable(returnTo).map(uri -> Form.append(uri, parameters));
        }
    }
}
