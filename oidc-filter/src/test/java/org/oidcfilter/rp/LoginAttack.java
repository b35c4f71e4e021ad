// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;

/**
 * A login that must not succeed, watched from all sides: the page, the session, the calls to the provider, the log, and
 * what a second attempt with the same response brings.
 */
final class LoginAttack implements AutoCloseable {
    private static final Pattern SECRET =
            Pattern.compile("\"(?:access_token|id_token|refresh_token)\":\"([^\"]{8,})\"");
    private static final List<String> PERSONAL = List.of(Application.SECRET, "Adams", "alice@", "<script", "onerror");

    final Application application;
    final PlainBrowser browser;
    final LogRecorder log = new LogRecorder();
    private final Set<String> secrets = new LinkedHashSet<>(PERSONAL);

    private LoginAttack(Application application) {
        this.application = application;
        this.browser = application.browser();
    }

    static LoginAttack standard() {
        return new LoginAttack(Application.standard());
    }

    static LoginAttack with(Map<String, String> settings) {
        return new LoginAttack(Application.with(settings));
    }

    /** Starts a login in {@link #browser}, visits the provider, and returns the honest response before it is sent. */
    PlainRequest callback() throws Exception {
        return callback(redirect(browser));
    }

    /** Starts a login in {@code someone}'s browser; returns where it is sent. */
    String redirect(PlainBrowser someone) throws Exception {
        var redirect = location(someone.reply(PlainRequest.get("/page")));
        keepSecret(parameters(redirect.substring(redirect.indexOf('?') + 1)));
        return redirect;
    }

    /** Visits the provider at {@code address} and returns the honest response before it is sent. */
    PlainRequest callback(String address) throws Exception {
        var callback = PlainBrowser.fromProvider(address);
        keepSecret(parameters(callback.query().orElseThrow()));
        return callback;
    }

    /** Something more that neither page nor log may show. */
    void keepSecret(String text) {
        secrets.add(text);
    }

    /** Starts a login, tells {@code lie} to the provider before, and expects the response to be refused for good. */
    Reply refusesLogin(Reason reason, Runnable lie) throws Exception {
        lie.run();
        return refuses(reason, callback());
    }

    /** Sends {@code response} and expects the whole of a refusal, after which the pending login is spent. */
    Reply refuses(Reason reason, PlainRequest response) throws Exception {
        var reply = refusesAndKeepsLogin(reason, response);
        var exchanges = exchanges();
        var again = browser.reply(response);
        assertTrue(again.status() >= 400 && again.status() < 500, "status " + again.status() + ": " + again.body());
        assertEquals("", location(again), "no way back to the provider by itself");
        assertSilent(again);
        var plain = response.query().isPresent()
                ? PlainRequest.get(response.path() + "?code=x&state=" + parameter(response, "state"))
                : response;
        refusesAndKeepsLogin(Reason.STATE_UNKNOWN, plain);
        assertEquals(exchanges, exchanges(), "a refused response is never redeemed again");
        return reply;
    }

    /** Tells {@code lie} to the provider and expects the next response to end in 503, as {@link #unavailable} says. */
    Reply unavailableLogin(Reason reason, Runnable lie) throws Exception {
        lie.run();
        var callback = callback();
        var reply = unavailable(reason, callback);
        var exchanges = exchanges();
        refusesAndKeepsLogin(Reason.STATE_UNKNOWN, callback);
        assertEquals(exchanges, exchanges(), "no code is redeemed twice");
        return reply;
    }

    /** Sends {@code request} and expects it to be told to come back later. */
    Reply unavailable(Reason reason, PlainRequest request) throws Exception {
        var reply = failed(reason, request);
        assertEquals(503, reply.status(), reply.body());
        assertTrue(Integer.parseInt(reply.headers().getOrDefault("Retry-After", "")) >= 1);
        return reply;
    }

    /** Sends {@code response} and expects a refusal that leaves pending logins as they were. */
    Reply refusesAndKeepsLogin(Reason reason, PlainRequest response) throws Exception {
        var reply = failed(reason, response);
        assertTrue(reply.status() >= 400 && reply.status() < 500, "status " + reply.status() + ": " + reply.body());
        return reply;
    }

    private Reply failed(Reason reason, PlainRequest response) throws Exception {
        Optional<OidcSession> before = browser.session.stored;
        secrets.addAll(browser.cookies.values());
        var reply = browser.reply(response);
        assertTrue(reply.body().contains(reason.code()), "expected " + reason.code() + ": " + reply.body());
        assertEquals("", location(reply), "no way back to the provider by itself");
        assertFalse(reply.body().contains("http-equiv"), "no way back to the provider by itself");
        assertEquals("no-store", reply.headers().get("Cache-Control"));
        assertEquals(before, browser.session.stored, "the session is as it was");
        assertSilent(reply);
        return reply;
    }

    /** The honest end of a login that is still pending. */
    void completes(PlainRequest response) throws Exception {
        var reply = browser.reply(response);
        assertEquals(302, reply.status(), reply.body());
        assertTrue(browser.session.stored.isPresent());
    }

    /** How often the token endpoint was asked. */
    int exchanges() {
        return application.provider.requests("/token").size();
    }

    /** The last line of the log that names {@code reason}. */
    String logged(Reason reason) {
        return log.lines().stream()
                .filter(line -> line.contains(" " + reason.code() + ": "))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("not in the log: " + reason));
    }

    /** Neither {@code reply} nor the log shows a secret, a person, a stack trace or a class of ours. */
    void assertSilent(Reply reply) {
        var all = new ArrayList<>(log.lines());
        all.add(reply.body());
        application.answers().forEach(this::keepTokensSecret);
        for (var text : all) {
            for (var secret : secrets) {
                assertFalse(text.contains(secret), () -> "shows " + secret + ": " + text);
            }
        }
        assertFalse(reply.body().contains("org.oidcfilter") || reply.body().contains("java."), reply.body());
    }

    @Override
    public void close() {
        log.close();
        application.close();
    }

    private void keepTokensSecret(String answer) {
        SECRET.matcher(answer).results().map(found -> found.group(1)).forEach(token -> {
            secrets.add(token);
            for (var part : token.split("\\.", -1)) {
                if (part.length() > 40) {
                    secrets.add(part);
                }
            }
        });
    }

    private void keepSecret(List<Map.Entry<String, String>> parameters) {
        parameters.stream()
                .filter(parameter ->
                        Set.of("code", "state", "nonce", "code_challenge").contains(parameter.getKey()))
                .forEach(parameter -> secrets.add(parameter.getValue()));
    }

    /** {@code response} with another value of a parameter, encoded as given; null takes the parameter away. */
    static PlainRequest changed(PlainRequest response, String name, @Nullable String encoded) {
        var kept = Pattern.compile("&")
                .splitAsStream(response.query().orElseThrow())
                .filter(pair -> !pair.startsWith(name + "="))
                .collect(Collectors.joining("&"));
        return PlainRequest.get(response.path() + "?" + kept + (encoded == null ? "" : "&" + name + "=" + encoded));
    }

    /** The value of a parameter of {@code address}, decoded. */
    static String parameter(String address, String name) {
        return parameters(address.substring(address.indexOf('?') + 1)).stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + address));
    }

    /** The value of a parameter of {@code response}, decoded. */
    static String parameter(PlainRequest response, String name) {
        return parameter("?" + response.query().orElseThrow(), name);
    }

    /** The parameters of a query, decoded, in order. */
    static List<Map.Entry<String, String>> parameters(String query) {
        return Pattern.compile("&")
                .splitAsStream(query)
                .map(pair -> pair.split("=", 2))
                .map(pair -> Map.entry(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : ""))
                .toList();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
