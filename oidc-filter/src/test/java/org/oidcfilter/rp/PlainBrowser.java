// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.oidcfilter.Outcome;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.SetCookie;
import org.oidcfilter.protocol.Form;

/** A browser with its cookies and its session, talking to the relying party directly and to the provider over HTTP. */
final class PlainBrowser {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    final Map<String, String> cookies;
    final PlainSession session;
    private final RelyingParty relyingParty;

    RelyingParty relyingParty() {
        return relyingParty;
    }

    PlainBrowser(RelyingParty relyingParty) {
        this(relyingParty, new LinkedHashMap<>(), new PlainSession());
    }

    private PlainBrowser(RelyingParty relyingParty, Map<String, String> cookies, PlainSession session) {
        this.relyingParty = relyingParty;
        this.cookies = cookies;
        this.session = session;
    }

    /** The same browser, whose requests go to another node. */
    PlainBrowser at(RelyingParty node) {
        return new PlainBrowser(node, cookies, session);
    }

    Outcome send(PlainRequest request) throws IOException {
        var outcome = relyingParty.handle(request.cookies(cookies).session(session));
        outcome.cookies().forEach(this::take);
        return outcome;
    }

    /** Does what a {@code Set-Cookie} header says. */
    void take(SetCookie cookie) {
        if (cookie.maxAge().isZero()) {
            cookies.remove(cookie.name());
        } else {
            cookies.put(cookie.name(), cookie.value());
        }
    }

    Reply reply(PlainRequest request) throws IOException {
        return assertInstanceOf(Reply.class, send(request));
    }

    Proceed proceed(PlainRequest request) throws IOException {
        return assertInstanceOf(Proceed.class, send(request));
    }

    /** Asks for a page and follows the redirect to the provider; returns the callback request that comes of it. */
    PlainRequest toCallback(PlainRequest page) throws IOException, InterruptedException {
        var redirect = reply(page);
        assertEquals(302, redirect.status());
        return fromProvider(location(redirect));
    }

    /** Asks for a page and visits the provider; returns the form that the provider's page would post to us. */
    String toPostedCallback(PlainRequest page) throws IOException, InterruptedException {
        var address = location(reply(page));
        assertTrue(address.contains("response_mode=form_post"), address);
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        return fields(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    /** The hidden fields of a page, encoded as the browser would post them. */
    static String fields(String html) {
        var fields = new LinkedHashMap<String, String>();
        var matcher = FIELD.matcher(html);
        while (matcher.find()) {
            fields.put(matcher.group(1), matcher.group(2).replace("&amp;", "&"));
        }
        return new Form(fields).encode();
    }

    /** Logs in: asks for a page, visits the provider, comes back. */
    Reply logIn(String page) throws IOException, InterruptedException {
        return reply(toCallback(PlainRequest.get(page)));
    }

    /** The application signs the caller out in the middle of a request. */
    void logOutByApplication() {
        relyingParty
                .end(PlainRequest.get("/page").cookies(cookies).session(session))
                .ifPresent(reply -> reply.cookies().forEach(this::take));
        session.late.forEach(this::take);
    }

    /** Visits the provider, which must answer with a redirect to the application. */
    static PlainRequest fromProvider(String address) throws IOException, InterruptedException {
        var response = HTTP.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        var back = response.headers().firstValue("Location").orElseThrow(() -> new AssertionError(response.body()));
        var prefix = PlainRequest.ORIGIN + PlainRequest.CONTEXT;
        assertEquals(prefix, back.substring(0, prefix.length()));
        return PlainRequest.get(back.substring(prefix.length()));
    }

    static String location(Reply reply) {
        return reply.headers().getOrDefault("Location", "");
    }
}
