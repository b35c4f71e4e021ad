// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.oidcfilter.rp.LoginAttack.changed;
import static org.oidcfilter.rp.LoginAttack.parameter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.Endpoint;
import org.oidcfilter.protocol.Pkce;

/** Group AR of docs/attacks.md: a response of another provider than the one the browser was sent to. */
class MixUpAttacksTest {
    private LoginAttack attack;

    @BeforeEach
    void start() {
        attack = LoginAttack.standard();
    }

    @AfterEach
    void stop() {
        attack.close();
    }

    /** An application with its callback at {@code path}, whose provider neither sends nor promises an {@code iss}. */
    private static LoginAttack silentAboutIssuer(String path) {
        var mixed = LoginAttack.with(Map.of("oidc.path", path));
        var provider = mixed.application.provider;
        provider.register(Client.confidential(Application.CLIENT, Application.SECRET)
                .redirectUri(PlainRequest.ORIGIN + PlainRequest.CONTEXT + path + "/callback"));
        provider.answer(Endpoint.DISCOVERY, (request, honest) -> honest.get()
                .editJson(metadata -> metadata.remove("authorization_response_iss_parameter_supported")));
        return mixed;
    }

    /** The authentication request for {@code from}'s provider, asked of {@code to}'s provider with its redirect URI. */
    private static String sentOn(String from, String to) {
        var redirectUri = "redirect_uri=" + Login.encoded(parameter(to, "redirect_uri"));
        return to.substring(0, to.indexOf('?'))
                + from.substring(from.indexOf('?')).replaceAll("redirect_uri=[^&]*", redirectUri);
    }

    @Test
    @Tag("AR-12")
    @Tag("AR-23")
    void eachProviderHasItsOwnCallbackThatKnowsItsOwnLoginsOnly() throws Exception {
        try (var honest = silentAboutIssuer("/h");
                var attacker = silentAboutIssuer("/m")) {
            var chosen = attacker.redirect(attacker.browser);
            var ofHonest = honest.redirect(honest.browser);
            attacker.browser.cookies.forEach(honest.browser.cookies::putIfAbsent);
            honest.browser.cookies.forEach(attacker.browser.cookies::putIfAbsent);
            assertEquals(2, honest.browser.cookies.size(), "one browser, a login pending at each");

            var mixed = changed(honest.callback(sentOn(chosen, ofHonest)), "iss", null);
            assertEquals("/h/callback", mixed.path());
            honest.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, mixed);

            var crossed = changed(honest.callback(ofHonest), "iss", null);
            attacker.refusesAndKeepsLogin(
                    Reason.STATE_UNKNOWN,
                    PlainRequest.get("/m/callback?" + crossed.query().orElseThrow()));
            assertEquals(0, attacker.exchanges(), "the code is not the attacker's to see");
            assertEquals(0, honest.exchanges());
            honest.completes(crossed);
        }
    }

    @Test
    @Tag("AR-12")
    void aLoginThatIsPendingAtOneProviderIsNoneAtTheNext() throws Exception {
        try (var next = silentAboutIssuer("/oidc")) {
            var pending = changed(attack.callback(), "iss", null);
            next.browser.cookies.putAll(attack.browser.cookies);
            next.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, pending);
            assertEquals(0, next.exchanges());
        }
    }

    @Test
    @Tag("AR-13")
    void refusesTheNameOfAnotherIssuerBeforeAnyCall() throws Exception {
        attack.refuses(Reason.ISSUER_MISMATCH, changed(attack.callback(), "iss", "https%3A%2F%2Fh.example"));
        assertEquals(0, attack.exchanges());
    }

    @Test
    @Tag("AR-14")
    void refusesAResponseWithoutTheIssuerThatTheMetadataPromise() throws Exception {
        attack.refuses(Reason.ISSUER_MISSING, changed(attack.callback(), "iss", null));
        attack.refuses(Reason.ISSUER_MISSING, changed(attack.callback(), "iss", ""));
        attack.refuses(
                Reason.ISSUER_MISSING,
                changed(changed(changed(attack.callback(), "iss", null), "code", null), "error", "access_denied"));
        assertEquals(0, attack.exchanges());
    }

    @Test
    @Tag("AR-15")
    void comparesAnIssuerThatComesUnannounced() throws Exception {
        try (var unannounced = silentAboutIssuer("/oidc")) {
            unannounced.refuses(
                    Reason.ISSUER_MISMATCH, changed(unannounced.callback(), "iss", "https%3A%2F%2Fevil.example"));
            assertEquals(0, unannounced.exchanges());
            unannounced.completes(unannounced.callback());
            unannounced.browser.session.end();
            unannounced.completes(changed(unannounced.callback(), "iss", null));
        }
    }

    @Test
    @Tag("AR-16")
    void comparesIssuersCharacterByCharacter() throws Exception {
        var issuer = attack.application.provider.issuer();
        for (var other : List.of(
                issuer + "/",
                "HTTP://LOCALHOST" + issuer.substring("http://localhost".length()),
                issuer.replace("localhost", "Localhost"),
                issuer.replace("localhost:", "localhost:0"),
                issuer.replace("localhost", "127.0.0.1"),
                issuer.replace("localhost", "localhost."),
                issuer.replace("//", "//user@"),
                issuer + "?",
                issuer + "#",
                issuer + "\0",
                issuer + " ",
                issuer.replace("localhost", "loc%61lhost"))) {
            attack.refuses(Reason.ISSUER_MISMATCH, changed(attack.callback(), "iss", Login.encoded(other)));
        }
        var honest = attack.callback();
        var encoded = Login.encoded(issuer);
        attack.refusesAndKeepsLogin(
                Reason.RESPONSE_DUPLICATE_PARAMETER, changed(honest, "iss", encoded + "&iss=" + encoded));
        attack.refusesAndKeepsLogin(
                Reason.RESPONSE_DUPLICATE_PARAMETER,
                changed(honest, "iss", encoded + "&iss=https%3A%2F%2Fevil.example"));
        assertEquals(0, attack.exchanges());
        attack.completes(honest);
    }

    @Test
    @Tag("AR-09")
    void aStolenCodeFailsForLackOfItsVerifier() throws Exception {
        attack.refuses(Reason.TOKEN_ERROR, withStolenCode(attack.redirect(attack.application.browser())));
        assertEquals(Optional.<OidcSession>empty(), attack.browser.session.stored);
    }

    @Test
    @Tag("AR-09")
    @Tag("AR-10")
    void aStolenCodeFailsByItsNonceWhereTheProviderIgnoresPkce() throws Exception {
        var victims = attack.redirect(attack.application.browser());
        attack.refuses(Reason.TOKEN_NONCE, withStolenCode(victims, true));
        assertEquals(1, attack.exchanges());
        attack.application.provider.idTokens((header, claims) -> claims.remove("nonce"));
        var others = attack.redirect(attack.application.browser());
        attack.refuses(Reason.TOKEN_NONCE, withStolenCode(others, true));
    }

    @Test
    @Tag("AR-11")
    void sendsAnS256ChallengeWhateverTheMetadataSay() throws Exception {
        for (var methods : List.<List<String>>of(List.of("plain"), List.of(), List.of("plain", "S256"))) {
            challengesWith(Optional.of(methods));
        }
        challengesWith(Optional.empty());
    }

    private static void challengesWith(Optional<List<String>> methods) throws Exception {
        try (var downgraded = LoginAttack.standard()) {
            downgraded.application.provider.answer(
                    Endpoint.DISCOVERY, (request, honest) -> honest.get().editJson(metadata -> {
                        metadata.remove("code_challenge_methods_supported");
                        methods.ifPresent(list -> metadata.put("code_challenge_methods_supported", list));
                    }));
            var redirect = downgraded.redirect(downgraded.browser);
            assertEquals("S256", parameter(redirect, "code_challenge_method"));
            downgraded.completes(downgraded.callback(redirect));
            var exchange = downgraded.application.provider.requests("/token").get(0);
            var verifier = Secret.of(exchange.form("code_verifier").orElseThrow());
            assertEquals(parameter(redirect, "code_challenge"), Pkce.challenge(verifier));
            assertFalse(redirect.contains(verifier.reveal()));
        }
    }

    private PlainRequest withStolenCode(String victims) throws Exception {
        return withStolenCode(victims, false);
    }

    /**
     * Bob's response, of a login that he started, with the code that Alice was given. That the provider redeems it for
     * Bob's verifier is what ignoring PKCE comes to.
     */
    private PlainRequest withStolenCode(String victims, boolean ignoringPkce) throws Exception {
        attack.application.loginAs("bob");
        var own = attack.redirect(attack.browser);
        attack.application.loginAs("alice");
        var challenge = parameter(ignoringPkce ? own : victims, "code_challenge");
        var stolen = attack.callback(victims.replaceAll("code_challenge=[^&]*", "code_challenge=" + challenge));
        attack.application.loginAs("bob");
        return changed(attack.callback(own), "code", Login.encoded(parameter(stolen, "code")));
    }
}
