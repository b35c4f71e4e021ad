// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.oidcfilter.ApplicationSession;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Outcome;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.SetCookie;

/** Lets requests bring their sessions along in cookies, in place of what their container keeps. */
final class CookieSessions {
    private final CookieSessionHandle.Keeping keeping;

    /** Decides about a request. */
    @FunctionalInterface
    interface Decision {
        Outcome decide(OidcRequest request) throws IOException;
    }

    CookieSessions(CookieSessionHandle.Keeping keeping) {
        this.keeping = keeping;
    }

    /** The outcome of {@code decision}, with the cookies that it takes. */
    Outcome handle(OidcRequest request, Site site, Decision decision) throws IOException {
        var handle = new CookieSessionHandle(request, site.cookieScope(), keeping);
        var outcome = decision.decide(new WithHandle(request, handle));
        if (outcome instanceof Proceed && request.demand() != OidcRequest.Demand.PASSIVE) {
            handle.use();
        }
        var cookies = handle.decided();
        return cookies.isEmpty() ? outcome : with(outcome, cookies);
    }

    /** A reply, with the cookies that it takes. */
    Reply reply(OidcRequest request, Site site, Function<OidcRequest, Reply> decision) {
        var handle = new CookieSessionHandle(request, site.cookieScope(), keeping);
        var reply = decision.apply(new WithHandle(request, handle));
        return Replies.withMoreCookies(reply, handle.decided());
    }

    /** Has the session of a request ended that is being answered. */
    void end(OidcRequest request, Site site, Consumer<OidcRequest> ending) {
        var handle = new CookieSessionHandle(request, site.cookieScope(), keeping);
        handle.decided();
        ending.accept(new WithHandle(request, handle));
    }

    private static Outcome with(Outcome outcome, List<SetCookie> cookies) {
        return outcome instanceof Proceed proceed
                ? new Proceed(proceed.caller(), personal(proceed.headers()), cookies)
                : Replies.withMoreCookies((Reply) outcome, cookies);
    }

    /** A cookie is for one browser. */
    private static Map<String, String> personal(Map<String, String> headers) {
        var all = new LinkedHashMap<>(RelyingParty.PERSONAL_AT_PUBLIC_PATH);
        all.putAll(headers);
        return all;
    }

    /** A request whose session is kept elsewhere. */
    private record WithHandle(OidcRequest request, SessionHandle session) implements OidcRequest {
        @Override
        public Demand demand() {
            return request.demand();
        }

        @Override
        public Declared declared() {
            return request.declared();
        }

        @Override
        public Optional<LoginRequirement> required() {
            return request.required();
        }

        @Override
        public String method() {
            return request.method();
        }

        @Override
        public String origin() {
            return request.origin();
        }

        @Override
        public String contextPath() {
            return request.contextPath();
        }

        @Override
        public String path() {
            return request.path();
        }

        @Override
        public String rawPath() {
            return request.rawPath();
        }

        @Override
        public Optional<String> query() {
            return request.query();
        }

        @Override
        public Optional<String> header(String name) {
            return request.header(name);
        }

        @Override
        public List<Map.Entry<String, String>> cookies() {
            return request.cookies();
        }

        @Override
        public String form(int maxBytes) throws IOException {
            return request.form(maxBytes);
        }

        @Override
        public ApplicationSession applicationSession() {
            return request.applicationSession();
        }

        @Override
        public void setCookie(SetCookie cookie) {
            request.setCookie(cookie);
        }
    }
}
