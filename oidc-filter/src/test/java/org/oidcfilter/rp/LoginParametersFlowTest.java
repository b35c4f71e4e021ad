// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Json;

/** What is asked of the provider with a login, and that its answer is held to it. */
class LoginParametersFlowTest {
    private LoginAttack attack = LoginAttack.standard();

    @AfterEach
    void stop() {
        attack.close();
    }

    private void configure(Map<String, String> settings) {
        attack.close();
        attack = LoginAttack.with(settings);
    }

    private Map<String, String> asked(String page) throws Exception {
        return asked(attack.browser.reply(PlainRequest.get(page)));
    }

    private static Map<String, String> asked(Reply redirect) {
        assertEquals(302, redirect.status(), redirect.body());
        var location = location(redirect);
        var asked = new LinkedHashMap<String, String>();
        LoginAttack.parameters(location.substring(location.indexOf('?') + 1))
                .forEach(parameter ->
                        asked.merge(parameter.getKey(), parameter.getValue(), (one, other) -> one + "+" + other));
        return asked;
    }

    @Test
    void asksForWhatTheConfigurationSays() throws Exception {
        configure(Map.of(
                "oidc.prompt", "login",
                "oidc.max-age", "1h",
                "oidc.acr-values", "phr,mfa",
                "oidc.resource", "urn:a,urn:b",
                "oidc.extra-parameters", "hd=example.com"));
        var asked = asked("/page");
        assertEquals("login", asked.get("prompt"));
        assertEquals("3600", asked.get("max_age"));
        assertEquals("phr mfa", asked.get("acr_values"));
        assertEquals("urn:a+urn:b", asked.get("resource"));
        assertEquals("example.com", asked.get("hd"));
    }

    @Test
    @Tag("ID-51")
    void aPathThatNeedsAStrongerLoginSendsTheCallerThereAndBack() throws Exception {
        configure(Map.of("oidc.login-rules", "/pay/* = acr_values=mfa; /pay/gold = acr_values=phr"));
        attack.browser.logIn("/page");
        assertTrue(attack.browser.proceed(PlainRequest.get("/page")).caller().isPresent());
        assertEquals("mfa", asked("/pay/1").get("acr_values"));
        attack.browser.logIn("/pay/1");
        assertTrue(attack.browser.proceed(PlainRequest.get("/pay/1")).caller().isPresent());
        assertEquals("phr", asked("/pay/gold").get("acr_values"), "the later rule wins");
    }

    @Test
    @Tag("ID-51")
    void aWeakerLoginThanTheOneAskedForIsRefusedWithoutALoop() throws Exception {
        configure(Map.of("oidc.login-rules", "/page = acr_values=mfa"));
        attack.refusesLogin(
                Reason.TOKEN_ACR,
                () -> attack.application.provider.idTokens((header, claims) -> claims.put("acr", "pwd")));
        attack.refusesLogin(
                Reason.TOKEN_ACR, () -> attack.application.provider.idTokens((header, claims) -> claims.remove("acr")));
    }

    @Test
    @Tag("ID-51")
    void theStrengthThatEverythingNeedsIsNeededOfALoginByAWeakerRuleToo() throws Exception {
        configure(Map.of("oidc.acr-values", "mfa", "oidc.login-rules", "/kiosk = acr_values=pwd"));
        attack.browser.logIn("/kiosk");
        assertTrue(attack.browser.proceed(PlainRequest.get("/kiosk")).caller().isPresent());
        assertEquals("mfa", asked("/page").get("acr_values"));
    }

    @Test
    @Tag("ID-52")
    void aPathThatNeedsAFreshLoginAsksAgainWhenItIsNoLongerFresh() throws Exception {
        configure(Map.of("oidc.login-rules", "/pay = max_age=300"));
        attack.browser.logIn("/pay");
        attack.application.clock.advance(Duration.ofSeconds(330));
        assertTrue(attack.browser.proceed(PlainRequest.get("/pay")).caller().isPresent(), "within the tolerance");
        attack.application.clock.advance(Duration.ofSeconds(1));
        assertEquals("300", asked("/pay").get("max_age"));
        assertTrue(attack.browser.proceed(PlainRequest.get("/page")).caller().isPresent());
        attack.browser.logIn("/pay");
        assertTrue(attack.browser.proceed(PlainRequest.get("/pay")).caller().isPresent());
    }

    @Test
    @Tag("ID-52")
    void anAuthenticationThatIsTooOldOrUndatedIsRefusedWithoutALoop() throws Exception {
        configure(Map.of("oidc.max-age", "5m"));
        var old = attack.application.clock.instant().getEpochSecond() - 331;
        for (Object time : List.of(old, "now", Long.toString(old))) {
            attack.refusesLogin(
                    Reason.TOKEN_AUTH_TIME,
                    () -> attack.application.provider.idTokens((header, claims) -> claims.put("auth_time", time)));
        }
        attack.refusesLogin(
                Reason.TOKEN_AUTH_TIME,
                () -> attack.application.provider.idTokens((header, claims) -> claims.remove("auth_time")));
    }

    @Test
    @Tag("ID-52")
    void anAuthenticationThatIsYetToComeIsNotFresh() throws Exception {
        configure(Map.of("oidc.login-rules", "/pay = max_age=300"));
        attack.browser.logIn("/pay");
        attack.application.clock.advance(Duration.ofSeconds(-30));
        assertTrue(attack.browser.proceed(PlainRequest.get("/pay")).caller().isPresent(), "within the tolerance");
        attack.application.clock.advance(Duration.ofSeconds(-1));
        assertEquals("300", asked("/pay").get("max_age"));
    }

    /** Somebody at the browser takes the parameter out of the address; the provider lets pass whom it knows. */
    @ParameterizedTest
    @ValueSource(strings = {"/page", "/oidc/login?prompt=login%20consent"})
    @Tag("ID-52")
    void aNewLoginThatWasAskedForIsDemanded(String page) throws Exception {
        configure(page.equals("/page") ? Map.of("oidc.login-rules", "/page = prompt=login") : Map.of());
        authenticated(-31);
        attack.refuses(
                Reason.TOKEN_AUTH_TIME,
                PlainBrowser.fromProvider(
                        location(attack.browser.reply(PlainRequest.get(page))).replaceAll("&prompt=[^&]*", "")));
        authenticated(-30);
        attack.completes(PlainBrowser.fromProvider(location(attack.browser.reply(PlainRequest.get(page)))));
    }

    @Test
    @Tag("ID-52")
    void aProviderThatDoesNotTellWhenIsBelievedAboutANewLoginUnlessAnAgeIsAskedForToo() throws Exception {
        configure(Map.of("oidc.prompt", "login", "oidc.login-rules", "/pay = max_age=300"));
        attack.application.provider.idTokens((header, claims) -> claims.remove("auth_time"));
        var strict = location(attack.browser.reply(PlainRequest.get("/pay")));
        attack.refuses(Reason.TOKEN_AUTH_TIME, PlainBrowser.fromProvider(strict));
        attack.completes(attack.callback());
    }

    private void authenticated(long seconds) {
        var time = attack.application.clock.instant().getEpochSecond() + seconds;
        attack.application.provider.idTokens((header, claims) -> claims.put("auth_time", time));
    }

    @Test
    void aScriptIsToldWhatItTakes() throws Exception {
        configure(Map.of("oidc.login-rules", "/api/* = acr_values=mfa, max_age=60"));
        attack.browser.logIn("/page");
        var reply = attack.browser.reply(PlainRequest.get("/api/x").byScript());
        assertEquals(401, reply.status());
        assertEquals(
                "{\"error\":\"insufficient_user_authentication\",\"acr_values\":\"mfa\",\"max_age\":60,"
                        + "\"login_url\":\"/app/oidc/login?acr_values=mfa\\u0026max_age=60\"}",
                reply.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/* = acr_values=mfa",
                "/api/* = max_age=60",
                "/api/* = acr_values=urn:a&b=c%20+# mfa, max_age=60",
                "/* = acr_values=pwd; /api/* = acr_values=mfa phr, max_age=60"
            })
    void theLoginThatAScriptIsToldOfWillDo(String rules) throws Exception {
        configure(Map.of("oidc.login-rules", rules));
        attack.browser.logIn("/page");
        attack.application.clock.advance(Duration.ofSeconds(91));
        var script = "/api/x";
        var refused = attack.browser.reply(PlainRequest.get(script).byScript());
        assertEquals(401, refused.status());
        var link = String.valueOf(Json.parse(refused.body()).get("login_url"));
        assertTrue(link.startsWith("/app/oidc/login?"), link);
        for (var more : List.of("", "&return_to=%2Fapp%2Fpage")) {
            attack.browser.logIn(link.substring("/app".length()) + more);
            assertTrue(attack.browser
                    .proceed(PlainRequest.get(script).byScript())
                    .caller()
                    .isPresent());
        }
    }

    @Test
    void aMissingRoleIsAnsweredBeforeAnybodyHasToLogInAgain() throws Exception {
        configure(Map.of("oidc.login-rules", "/admin/* = acr_values=mfa"));
        attack.application.loginAs("bob");
        attack.browser.logIn("/page");
        assertEquals(403, attack.browser.reply(PlainRequest.get("/admin/x")).status());
    }

    @Test
    void codeMayAskForASafeSubset() throws Exception {
        var asked = asked("/oidc/login?prompt=login%20consent&max_age=60&acr_values=mfa&login_hint=a%40b.test"
                + "&ui_locales=de%20en&display=popup&return_to=%2Fapp%2Fpage");
        assertEquals("login consent", asked.get("prompt"));
        assertEquals("60", asked.get("max_age"));
        assertEquals("mfa", asked.get("acr_values"));
        assertEquals("a@b.test", asked.get("login_hint"));
        assertEquals("de en", asked.get("ui_locales"));
        assertEquals("popup", asked.get("display"));
    }

    @Test
    void whatCodeAskedForIsDemandedOfTheAnswer() throws Exception {
        var login = attack.browser.reply(PlainRequest.get("/oidc/login?acr_values=mfa"));
        attack.application.provider.idTokens((header, claims) -> claims.put("acr", "pwd"));
        attack.refuses(Reason.TOKEN_ACR, PlainBrowser.fromProvider(location(login)));
    }

    @Test
    void aLoginThatLeadsToAPageIsThatOfThePage() throws Exception {
        configure(Map.of("oidc.login-rules", "/pay/* = acr_values=mfa"));
        assertEquals("mfa", asked("/oidc/login?return_to=%2Fapp%2Fpay%2F1%3Fx").get("acr_values"));
        assertFalse(asked("/oidc/login?return_to=%2Fapp%2Fpage").containsKey("acr_values"));
    }

    @Test
    void nobodyCanMakeALoginWeaker() throws Exception {
        configure(Map.of("oidc.prompt", "login", "oidc.max-age", "60s", "oidc.acr-values", "mfa,phr"));
        var asked = asked("/oidc/login?prompt=none&max_age=999999&acr_values=phr");
        assertEquals("login", asked.get("prompt"));
        assertEquals("60", asked.get("max_age"));
        assertEquals("phr", asked.get("acr_values"));
        var refused = attack.browser.reply(PlainRequest.get("/oidc/login?acr_values=pwd"));
        assertEquals(400, refused.status());
        assertTrue(refused.body().contains(Reason.LOGIN_PARAMETER.code()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prompt=none%20login",
                "prompt=maybe",
                "max_age=-1",
                "max_age=1e3",
                "max_age=9999999999",
                "acr_values=%C3%A9",
                "ui_locales=de%0Aen",
                "ui_locales=%3Cscript%3E",
                "display=hologram",
                "login_hint=a%0D%0Ab"
            })
    void refusesValuesThatCannotBe(String query) throws Exception {
        var reply = attack.browser.reply(PlainRequest.get("/oidc/login?" + query));
        assertEquals(400, reply.status());
        assertTrue(reply.body().contains(Reason.LOGIN_PARAMETER.code()));
        assertTrue(attack.browser.cookies.isEmpty());
        attack.assertSilent(reply);
    }

    @Test
    void aSilentLoginOfNobodyComesBackWithoutASession() throws Exception {
        var login = attack.browser.reply(PlainRequest.get("/oidc/login?prompt=none&return_to=%2Fapp%2Fpublic%2Fx"));
        assertEquals("none", asked(login).get("prompt"));
        var back = attack.browser.reply(PlainBrowser.fromProvider(location(login)));
        assertEquals(302, back.status(), back.body());
        assertEquals("http://127.0.0.1:8080/app/public/x", location(back));
        assertTrue(attack.browser.session.stored.isEmpty());
        assertTrue(attack.browser.cookies.isEmpty());
    }

    @Test
    void anErrorThatWasNotAskedForIsAFailureOfASilentLoginToo() throws Exception {
        var login = attack.browser.reply(PlainRequest.get("/oidc/login?prompt=none"));
        var honest = PlainBrowser.fromProvider(location(login));
        var state = asked(login).getOrDefault("state", "");
        assertTrue(honest.query().orElseThrow().contains("login_required"));
        var denied = PlainRequest.get(
                "/oidc/callback?error=access_denied&state=" + state + "&iss=" + attack.application.provider.issuer());
        assertEquals(403, attack.browser.reply(denied).status());
    }
}
