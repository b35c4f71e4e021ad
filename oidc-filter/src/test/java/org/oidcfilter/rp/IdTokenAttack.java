// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Reason;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.devprovider.IdTokenLie;
import org.oidcfilter.devprovider.Reply;
import org.oidcfilter.token.SampleToken;
import org.oidcfilter.token.SigningKey;

/** Whole logins, one after the other, each with one lie about the ID token, after which the provider is honest again. */
final class IdTokenAttack implements AutoCloseable {
    /** Published beside the provider's own keys, so that a test can sign what no provider would write. */
    static final SigningKey KEY = SampleToken.KEY;

    static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"" + KEY.kid() + "\",\"typ\":\"JWT\"}";

    final LoginAttack login;
    final DevelopmentProvider provider;

    private IdTokenAttack(LoginAttack login) {
        this.login = login;
        this.provider = login.application.provider;
        beHonest();
    }

    static IdTokenAttack standard() {
        return new IdTokenAttack(LoginAttack.standard());
    }

    static IdTokenAttack with(Map<String, String> settings) {
        return new IdTokenAttack(LoginAttack.with(settings));
    }

    /** Expects a token to be refused whose header or claims were changed before the provider signed it. */
    void refuses(Reason reason, IdTokenLie lie) throws Exception {
        refusesAfter(reason, () -> provider.idTokens(lie));
    }

    void refusesClaim(Reason reason, String name, Object value) throws Exception {
        refuses(reason, (header, claims) -> claims.put(name, value));
    }

    void refusesWithout(Reason reason, String name) throws Exception {
        refuses(reason, (header, claims) -> claims.remove(name));
    }

    void refusesHeader(Reason reason, String name, Object value) throws Exception {
        refuses(reason, (header, claims) -> header.put(name, value));
    }

    /** Expects what {@code lie} makes of the honest token to be refused. */
    void refusesToken(Reason reason, UnaryOperator<String> lie) throws Exception {
        refusesAfter(reason, () -> provider.tokens(lie));
    }

    /** Expects claims to be refused that were changed as text and carry a genuine signature. */
    void refusesText(Reason reason, UnaryOperator<String> lie) throws Exception {
        refusesToken(reason, written(HEADER, lie));
    }

    /** Expects honest claims to be refused under this header, in spite of a genuine signature. */
    void refusesHeaderText(Reason reason, String header) throws Exception {
        refusesToken(reason, written(header, claims -> claims));
    }

    /** Expects the login to fail after {@code edit} changed what the token endpoint says. */
    void refusesAnswer(Reason reason, Consumer<Map<String, Object>> edit) throws Exception {
        refusesAfter(
                reason,
                () -> provider.answer(
                        Endpoint.TOKEN, (request, honest) -> honest.get().editJson(edit)));
    }

    /** Expects an answer beyond all measure to end as what it is, a provider that does not work, and the login with it. */
    void failsForAnOversizedAnswer(IdTokenLie lie) throws Exception {
        try {
            provider.idTokens(lie);
            var response = login.callback();
            var reply = login.browser.reply(response);
            assertEquals(503, reply.status());
            assertTrue(reply.body().contains(Reason.PROVIDER_UNREACHABLE.code()), reply.body());
            assertEquals("", PlainBrowser.location(reply), "no way back to the provider by itself");
            assertTrue(login.browser.session.stored.isEmpty());
            login.assertSilent(reply);
            login.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, response);
        } finally {
            beHonest();
        }
    }

    /** Expects the login to succeed in spite of {@code lie}; returns the session, which is ended. */
    OidcSession believes(IdTokenLie lie) throws Exception {
        return believesAfter(() -> provider.idTokens(lie));
    }

    /** Expects the login with what {@code lie} makes of the honest token to succeed. */
    OidcSession believesToken(UnaryOperator<String> lie) throws Exception {
        return believesAfter(() -> provider.tokens(lie));
    }

    /** A token of this header and of claims that {@code lie} changed as text, signed by {@link #KEY}. */
    static UnaryOperator<String> written(String header, UnaryOperator<String> lie) {
        return writtenBytes(header.getBytes(StandardCharsets.UTF_8), claims -> lie.apply(claims)
                .getBytes(StandardCharsets.UTF_8));
    }

    static UnaryOperator<String> writtenBytes(byte[] header, Function<String, byte[]> lie) {
        return token -> KEY.sign(header, lie.apply(claims(token)), "RS256");
    }

    /** The JSON of the claims of {@code token}. */
    static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }

    /** Replaces the value of a claim, which is there, by {@code value} as it stands. */
    static UnaryOperator<String> claim(String name, String value) {
        return claims -> {
            var changed = Pattern.compile("\"" + name + "\":(?:\"[^\"]*\"|[^,}]*)")
                    .matcher(claims)
                    .replaceFirst(Matcher.quoteReplacement("\"" + name + "\":" + value));
            assertNotEquals(claims, changed, name);
            return changed;
        };
    }

    /** Adds a member, as it stands, in front of the others. */
    static UnaryOperator<String> added(String member) {
        return claims -> "{" + member + "," + claims.substring(1);
    }

    /** The seconds since 1970 on everybody's clock, plus {@code seconds}. */
    long now(long seconds) {
        return login.application.clock.instant().getEpochSecond() + seconds;
    }

    /** Has every login ask the provider for one thing: the tokens. */
    void expectNoOtherCalls(Login attempt) throws Exception {
        believes((header, claims) -> {});
        var before = login.application.calls.get();
        attempt.run();
        assertEquals(before + 1, login.application.calls.get(), "only the token endpoint was called");
    }

    /** A login that a test tries. */
    interface Login {
        void run() throws Exception;
    }

    /** Publishes other keys; {@code edit} may change the honest ones in place. */
    void publish(UnaryOperator<List<Object>> edit) {
        provider.answer(Endpoint.JWKS, (request, honest) -> keys(honest.get(), edit));
    }

    private static Reply keys(Reply honest, UnaryOperator<List<Object>> edit) {
        return honest.editJson(
                jwks -> jwks.put("keys", edit.apply(new ArrayList<>((List<?>) jwks.getOrDefault("keys", List.of())))));
    }

    private void beHonest() {
        provider.honest();
        publish(keys -> {
            keys.add(KEY.jwk());
            return keys;
        });
    }

    private void refusesAfter(Reason reason, Runnable lie) throws Exception {
        try {
            login.refusesLogin(reason, lie);
        } finally {
            beHonest();
        }
    }

    private OidcSession believesAfter(Runnable lie) throws Exception {
        try {
            lie.run();
            login.completes(login.callback());
            var session = login.browser.session.stored.orElseThrow();
            login.browser.session.end();
            return session;
        } finally {
            beHonest();
        }
    }

    @Override
    public void close() {
        login.close();
    }
}
