// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.ApplicationSession;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Reason;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.SetCookie;

/** A request made of plain values: by default a person navigating to {@code http://127.0.0.1:8080/app/...}. */
record PlainRequest(
        String method,
        String origin,
        String path,
        Optional<String> query,
        Map<String, String> headers,
        List<Map.Entry<String, String>> cookies,
        String body,
        Demand demand,
        Declared declared,
        Optional<LoginRequirement> required,
        SessionHandle session)
        implements OidcRequest {
    static final String ORIGIN = "http://127.0.0.1:8080";
    static final String CONTEXT = "/app";

    static PlainRequest get(String pathAndQuery) {
        var parts = pathAndQuery.split("\\?", 2);
        return new PlainRequest(
                "GET",
                ORIGIN,
                parts[0],
                parts.length > 1 ? Optional.of(parts[1]) : Optional.empty(),
                Map.of("sec-fetch-mode", "navigate", "sec-fetch-dest", "document", "accept", "text/html"),
                List.of(),
                "",
                Demand.RULES,
                new Declared.Nothing(),
                Optional.empty(),
                new PlainSession());
    }

    static PlainRequest post(String path, String form) {
        var get = get(path).header("Content-Type", "application/x-www-form-urlencoded");
        return new PlainRequest(
                "POST",
                get.origin,
                get.path,
                get.query,
                get.headers,
                get.cookies,
                form,
                get.demand,
                get.declared,
                get.required,
                get.session);
    }

    /** As {@code fetch} would send it. */
    PlainRequest byScript() {
        return header("Sec-Fetch-Mode", "cors")
                .header("Sec-Fetch-Dest", "empty")
                .header("Accept", "*/*");
    }

    PlainRequest method(String value) {
        return new PlainRequest(
                value, origin, path, query, headers, cookies, body, demand, declared, required, session);
    }

    PlainRequest origin(String value) {
        return new PlainRequest(
                method, value, path, query, headers, cookies, body, demand, declared, required, session);
    }

    PlainRequest header(String name, String value) {
        var changed = new LinkedHashMap<>(headers);
        changed.put(name.toLowerCase(Locale.ROOT), value);
        return new PlainRequest(
                method, origin, path, query, changed, cookies, body, demand, declared, required, session);
    }

    PlainRequest withoutHeader(String name) {
        var changed = new LinkedHashMap<>(headers);
        changed.remove(name.toLowerCase(Locale.ROOT));
        return new PlainRequest(
                method, origin, path, query, changed, cookies, body, demand, declared, required, session);
    }

    PlainRequest cookies(Map<String, String> values) {
        return new PlainRequest(
                method,
                origin,
                path,
                query,
                headers,
                new ArrayList<>(values.entrySet()),
                body,
                demand,
                declared,
                required,
                session);
    }

    PlainRequest demand(Demand value) {
        return new PlainRequest(
                method, origin, path, query, headers, cookies, body, value, declared, required, session);
    }

    PlainRequest declared(Declared value) {
        return new PlainRequest(method, origin, path, query, headers, cookies, body, demand, value, required, session);
    }

    PlainRequest required(LoginRequirement value) {
        return new PlainRequest(
                method, origin, path, query, headers, cookies, body, demand, declared, Optional.of(value), session);
    }

    PlainRequest session(SessionHandle value) {
        return new PlainRequest(method, origin, path, query, headers, cookies, body, demand, declared, required, value);
    }

    /** What is kept of the browser, in the test's session if that is one. */
    @Override
    public ApplicationSession applicationSession() {
        return session instanceof PlainSession plain ? plain.application : new PlainApplicationSession();
    }

    @Override
    public void setCookie(SetCookie cookie) {
        if (session instanceof PlainSession plain) {
            plain.late.add(cookie);
        }
    }

    @Override
    public String contextPath() {
        return CONTEXT;
    }

    @Override
    public String rawPath() {
        return header("test-raw-path").orElse(CONTEXT + path);
    }

    /** The path as sent, where it is not the path as decoded. */
    PlainRequest sentAs(String rawPath) {
        return header("test-raw-path", rawPath);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String form(int maxBytes) {
        if (body.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new InvalidResponseException(Reason.TOO_LARGE, "too large");
        }
        return body;
    }
}
