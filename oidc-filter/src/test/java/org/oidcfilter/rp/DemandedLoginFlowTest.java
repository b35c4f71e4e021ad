// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oidcfilter.Caller;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest.Declared;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;

/** What the application itself demands of a login: by the annotation on a servlet, and by its code. */
class DemandedLoginFlowTest {
    private static final LoginRequirement MFA = new LoginRequirement(List.of("mfa"), Optional.empty());
    private static final LoginRequirement FRESH = new LoginRequirement(List.of(), Optional.of(Duration.ofMinutes(5)));
    private static final PlainRequest PAGE = PlainRequest.get("/page");

    private LoginAttack attack = LoginAttack.standard();

    @AfterEach
    void stop() {
        attack.close();
    }

    private void configure(Map<String, String> settings) {
        attack.close();
        attack = LoginAttack.with(settings);
    }

    private Caller caller() throws Exception {
        return attack.browser.proceed(PAGE).caller().orElseThrow();
    }

    /** What becomes of a demand in the middle of a request that was let in. */
    private Reply refused(PlainRequest request, Optional<Caller> caller) throws Exception {
        var demand = request.demand() == Demand.PASSIVE ? Demand.PASSIVE : Demand.CHALLENGE;
        return assertInstanceOf(Reply.class, demanded(request.demand(demand), caller));
    }

    private org.oidcfilter.Outcome demanded(PlainRequest request, Optional<Caller> caller) throws Exception {
        var outcome = attack.application.relyingParty.require(
                request.session(attack.browser.session).cookies(attack.browser.cookies), caller);
        outcome.cookies().forEach(attack.browser::take);
        return outcome;
    }

    private boolean meets(PlainRequest request, Caller caller) throws Exception {
        return demanded(request.demand(Demand.CHALLENGE), Optional.of(caller)) instanceof Proceed;
    }

    private static boolean asksFor(Reply reply, String parameter) {
        assertEquals(302, reply.status(), reply.body());
        return (location(reply) + "&").contains("&" + parameter + "&");
    }

    @ParameterizedTest
    @EnumSource(names = {"RULES", "OPEN", "REQUIRED"})
    @Tag("ID-51")
    void whatAServletDemandsIsDemandedWhoeverElseDecides(Demand demand) throws Exception {
        var page = PlainRequest.get("/public/pay").required(MFA).demand(demand);
        var first = attack.browser.reply(page);
        assertTrue(asksFor(first, "acr_values=mfa"), location(first));
        attack.application.provider.idTokens((header, claims) -> claims.put("acr", "pwd"));
        attack.refuses(Reason.TOKEN_ACR, PlainBrowser.fromProvider(location(first)));
        attack.application.provider.honest();
        attack.completes(attack.browser.toCallback(page));
        assertTrue(attack.browser.proceed(page).caller().isPresent());
    }

    @Test
    void aSessionThatIsNotAsTheServletDemandsIsSentToTheProviderAgainAndComesBack() throws Exception {
        attack.browser.logIn("/page");
        var page = PlainRequest.get("/public/pay?x=1").required(MFA);
        var back = attack.browser.reply(attack.browser.toCallback(page));
        assertEquals("http://127.0.0.1:8080/app/public/pay?x=1", location(back));
        assertTrue(attack.browser.proceed(page).caller().isPresent());
    }

    @Test
    void aServletThatOnlyWantsALoginGetsOneAtAPublicPath() throws Exception {
        var page = PlainRequest.get("/public/pay").required(LoginRequirement.NONE);
        assertEquals(302, attack.browser.reply(page).status());
        assertEquals(
                302,
                attack.browser.reply(page.declared(new Declared.PermitAll())).status());
        attack.browser.logIn("/page");
        assertTrue(attack.browser.proceed(page).caller().isPresent());
    }

    @Test
    void whoMayNotCallAServletIsNotAskedForAStrongerLoginFirst() throws Exception {
        attack.browser.logIn("/page");
        assertEquals(
                403,
                attack.browser
                        .reply(PAGE.required(MFA).declared(new Declared.DenyAll()))
                        .status());
    }

    @Test
    @Tag("ID-51")
    void codeThatDemandsMoreThanTheCallersLoginSendsThemToTheProvider() throws Exception {
        attack.browser.logIn("/page");
        var caller = caller();
        assertTrue(meets(PAGE, caller));
        assertTrue(meets(PAGE.required(LoginRequirement.NONE), caller));
        var reply = refused(PAGE.required(MFA), Optional.of(caller));
        assertTrue(asksFor(reply, "acr_values=mfa"), location(reply));
        attack.completes(PlainBrowser.fromProvider(location(reply)));
        assertTrue(meets(PAGE.required(MFA), caller()));
        assertFalse(meets(PAGE.required(MFA), caller), "who was let in has not logged in again");
    }

    @Test
    @Tag("ID-52")
    void codeThatDemandsAFreshLoginGetsOneThatIsFreshAtThatTime() throws Exception {
        attack.completes(attack.browser.toCallback(PAGE.required(FRESH)));
        var caller = caller();
        attack.application.clock.advance(Duration.ofSeconds(330));
        assertTrue(meets(PAGE.required(FRESH), caller), "within the tolerance");
        attack.application.clock.advance(Duration.ofSeconds(1));
        var reply = refused(PAGE.required(FRESH), Optional.of(caller));
        assertTrue(asksFor(reply, "max_age=300"), location(reply));
    }

    @Test
    void codeOfAPublicPageGetsAPersonLoggedInAtOnceAsItDemands() throws Exception {
        var page = PlainRequest.get("/public/x").required(MFA);
        var reply = refused(page, Optional.empty());
        assertTrue(asksFor(reply, "acr_values=mfa"), location(reply));
        attack.completes(PlainBrowser.fromProvider(location(reply)));
        var outcome = assertInstanceOf(Proceed.class, demanded(page.demand(Demand.CHALLENGE), Optional.empty()));
        assertTrue(outcome.caller().isPresent());
    }

    @Test
    void whatCodeDemandsAddsToTheRulesOfThePath() throws Exception {
        configure(Map.of("oidc.login-rules", "/page = acr_values=mfa phr, max_age=600"));
        attack.browser.logIn("/page");
        var reply = refused(
                PAGE.required(new LoginRequirement(List.of("gold", "phr"), Optional.of(Duration.ofMinutes(15)))),
                Optional.of(caller()));
        assertTrue(asksFor(reply, "acr_values=phr"), location(reply));
        assertTrue(asksFor(reply, "max_age=600"), location(reply));
    }

    @Test
    void noLoginIsAskedForThatCannotMeetBothTheSettingsAndTheCode() throws Exception {
        configure(Map.of("oidc.acr-values", "gold"));
        attack.browser.logIn("/page");
        assertEquals(500, attack.browser.reply(PAGE.required(MFA)).status());
        assertTrue(attack.logged(Reason.LOGIN_UNATTAINABLE).contains("acr [gold] and acr [mfa]"));
        var reply = refused(PAGE.required(MFA), Optional.of(caller()));
        assertEquals(500, reply.status());
        assertFalse(reply.headers().containsKey("Location"));
    }

    @Test
    void aScriptIsToldWhatTheCodeDemands() throws Exception {
        attack.browser.logIn("/page");
        var needed = new LoginRequirement(List.of("mfa", "a\"b"), Optional.of(Duration.ofMinutes(1)));
        var reply = refused(PAGE.required(needed).byScript(), Optional.of(caller()));
        assertEquals(401, reply.status());
        assertEquals(
                "OpenID-Connect error=\"insufficient_user_authentication\", acr_values=\"mfa a\\\"b\", max_age=\"60\"",
                reply.headers().get("WWW-Authenticate"));
        assertTrue(reply.body().contains("insufficient_user_authentication"), reply.body());
        assertTrue(reply.cookies().isEmpty());
    }

    @Test
    void aDispatchThatCannotBeAnsweredWithALoginBeginsNone() throws Exception {
        attack.browser.logIn("/page");
        var again = PAGE.demand(Demand.PASSIVE);
        var caller = caller();
        assertInstanceOf(Proceed.class, demanded(again.required(LoginRequirement.NONE), Optional.of(caller)));
        assertEquals(401, refused(again.required(MFA), Optional.of(caller)).status());
        assertEquals(
                401,
                refused(again.required(LoginRequirement.NONE), Optional.empty()).status(),
                "nobody was let in, whoever is logged in by now");
    }

    @Test
    void whoWasLetInRemainsTheCaller() throws Exception {
        attack.browser.logIn("/page");
        var caller = caller();
        attack.application.loginAs("bob");
        attack.browser.logIn("/oidc/login?acr_values=mfa");
        var outcome = demanded(PAGE.required(LoginRequirement.NONE).demand(Demand.CHALLENGE), Optional.of(caller));
        assertSame(caller, ((Proceed) outcome).caller().orElseThrow());
        assertEquals(302, refused(PAGE.required(MFA), Optional.of(caller)).status(), "bob's login is not alice's");
    }
}
