// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.SetCookie;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.LoginParameters;
import org.oidcfilter.protocol.Printable;

/** Builds replies. None of them may be stored by a cache or tell the next page where the browser came from. */
final class Replies {
    private static final Map<String, String> COMMON =
            Map.of("Cache-Control", "no-store", "X-Content-Type-Options", "nosniff");

    private Replies() {}

    /** A redirect that turns a POST into a GET and leaves a GET what it is. */
    static Reply redirect(OidcRequest request, String location, List<SetCookie> cookies) {
        var headers = with(Map.of("Location", location, "Referrer-Policy", "no-referrer"));
        return new Reply(Navigation.isPost(request) ? 303 : 302, headers, cookies, "");
    }

    static Reply page(int status, Page page, List<SetCookie> cookies) {
        var headers = with(Map.of(
                "Content-Type",
                "text/html;charset=UTF-8",
                "Content-Security-Policy",
                page.contentSecurityPolicy(),
                "Referrer-Policy",
                page.referrerPolicy(),
                "X-Frame-Options",
                "DENY"));
        return new Reply(status, headers, cookies, page.html());
    }

    /** For a script that needs a login: where a person could log in. */
    static Reply loginRequired(Site site) {
        var reply = error(401, Reason.LOGIN_REQUIRED.code(), "login_url", site.login());
        return withHeader(reply, "WWW-Authenticate", "OpenID-Connect");
    }

    /** For a script, the code first: what went wrong, and one thing to know about it. */
    static Reply error(int status, String code, String name, String value) {
        var body = new LinkedHashMap<String, Object>();
        body.put("error", code);
        body.put(name, value);
        return json(status, body);
    }

    /** For a script whose session is not strong or fresh enough: what it takes, in the words of RFC 9470 section 3. */
    static Reply strongerLoginRequired(Site site, LoginParameters wanted) {
        var needed = new LinkedHashMap<String, Object>();
        if (!wanted.acrValues().isEmpty()) {
            needed.put("acr_values", String.join(" ", wanted.acrValues()));
        }
        wanted.maxAge().ifPresent(age -> needed.put("max_age", age.toSeconds()));
        var query = new LinkedHashMap<String, String>();
        needed.forEach((name, value) -> query.put(name, value.toString()));
        var body = new LinkedHashMap<String, Object>();
        body.put("error", Reason.INSUFFICIENT_USER_AUTHENTICATION.code());
        body.putAll(needed);
        body.put("login_url", site.login() + "?" + new Form(query).encode());
        return withHeader(json(401, body), "WWW-Authenticate", challenge(needed));
    }

    /** The parameters of RFC 9470 section 3; our own scheme, because no access token is asked for. */
    private static String challenge(Map<String, Object> needed) {
        var challenge = new StringBuilder("OpenID-Connect error=\"")
                .append(Reason.INSUFFICIENT_USER_AUTHENTICATION.code())
                .append('"');
        needed.forEach((name, value) -> challenge
                .append(", ")
                .append(name)
                .append("=\"")
                .append(quoted(value))
                .append('"'));
        return Printable.isPrintableAscii(challenge.toString()) ? challenge.toString() : "OpenID-Connect";
    }

    private static String quoted(Object value) {
        return value.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    }

    static Reply json(int status, Map<String, ?> body) {
        return new Reply(
                status,
                with(Map.of("Content-Type", "application/json")),
                List.of(),
                Json.write(new LinkedHashMap<>(body)));
    }

    /** Nothing but a status. */
    static Reply empty(int status) {
        return new Reply(status, COMMON, List.of(), "");
    }

    static Reply withHeader(Reply reply, String name, String value) {
        var headers = new LinkedHashMap<>(reply.headers());
        headers.put(name, value);
        return new Reply(reply.status(), headers, reply.cookies(), reply.body());
    }

    static Reply withCookies(Reply reply, List<SetCookie> cookies) {
        return new Reply(reply.status(), reply.headers(), cookies, reply.body());
    }

    static Reply withMoreCookies(Reply reply, List<SetCookie> more) {
        return withCookies(
                reply, Stream.concat(reply.cookies().stream(), more.stream()).toList());
    }

    private static Map<String, String> with(Map<String, String> more) {
        var headers = new LinkedHashMap<>(COMMON);
        headers.putAll(more);
        return headers;
    }
}
