// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.protocol.LoginParameters;

/** What is asked for with a login. */
class LoginParametersTest {
    private final Sources sources = new Sources();

    @Test
    void readsWhatEveryLoginAsksFor() {
        var parameters = sources.with("oidc.prompt", "login,consent")
                .with("oidc.max-age", "1h")
                .with("oidc.acr-values", "phr, mfa")
                .with("oidc.resource", "https://api.test/, urn:x")
                .with(
                        "oidc.extra-parameters",
                        "ui_locales = de en, login_hint=a=b, claims={\"userinfo\":{}\\,\"id_token\":{\"email\":null}}")
                .load()
                .login()
                .parameters();
        assertEquals(
                new LoginParameters(
                        List.of("login", "consent"),
                        Optional.of(Duration.ofHours(1)),
                        List.of("phr", "mfa"),
                        List.of("https://api.test/", "urn:x"),
                        Map.of(
                                "ui_locales",
                                "de en",
                                "login_hint",
                                "a=b",
                                "claims",
                                "{\"userinfo\":{},\"id_token\":{\"email\":null}}")),
                parameters);
    }

    @Test
    void readsRulesForPaths() {
        var rules = sources.with(
                        "oidc.login-rules",
                        "/admin/* = acr_values=phr mfa, max_age=300; /kiosk = prompt=login, max_age=5m;")
                .load()
                .login()
                .rules();
        assertEquals(2, rules.size());
        assertEquals(new PathPattern("/admin/*"), rules.get(0).pattern());
        assertEquals(List.of("phr", "mfa"), rules.get(0).parameters().acrValues());
        assertEquals(
                Optional.of(Duration.ofMinutes(5)), rules.get(0).parameters().maxAge());
        assertEquals(List.of("login"), rules.get(1).parameters().prompt());
        assertEquals(
                Optional.of(Duration.ofMinutes(5)), rules.get(1).parameters().maxAge());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/*",
                "/admin/* =",
                "/admin/* = acr_values",
                "/admin/* = acr_values=",
                "admin = prompt=login",
                "/a = prompt=none",
                "/a = prompt=sometimes",
                "/a = max_age=0",
                "/a = max_age=-1",
                "/a = state=x",
                "/a = a=1, a=2",
                "/a = a b=1",
                "/a = resource=/relative",
                "/a = resource=https://x/#y"
            })
    void refusesRulesThatSayNothingOrTooMuch(String rules) {
        assertTrue(sources.with("oidc.login-rules", rules).problem().startsWith("oidc.login-rules must "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response_type=token",
                "redirect_uri=https://evil.test",
                "request_uri=https://evil.test",
                "prompt=login",
                "max_age=1",
                "acr_values=x",
                "resource=urn:x",
                "claims=[]",
                "claims={\"id_token\":{\"acr\":{\"essential\":true}}}",
                "claims={\"id_token\":{\"auth_time\":{\"essential\":true}}}",
                "claims={\"id_token\":{\"sub\":{\"value\":\"x\"}}}"
            })
    void refusesExtraParametersThatAreSetElsewhereOrWouldNotBeVerified(String parameters) {
        assertTrue(sources.with("oidc.extra-parameters", parameters).problem().startsWith("oidc.extra-parameters "));
    }

    @ParameterizedTest
    @CsvSource({"oidc.prompt,none", "oidc.prompt,Login", "oidc.resource,api", "oidc.max-age,500ms"})
    void refusesValuesThatCannotBe(String key, String value) {
        assertTrue(sources.with(key, value).problem().startsWith(key + " must "));
    }

    @Test
    void theLaterWinsAndTheShorterAge() {
        var one = new LoginParameters(
                List.of("login"),
                Optional.of(Duration.ofMinutes(5)),
                List.of("a"),
                List.of("urn:a"),
                Map.of("x", "1", "y", "1"));
        var other = new LoginParameters(
                List.of("consent"),
                Optional.of(Duration.ofMinutes(9)),
                List.of("b"),
                List.of("urn:b"),
                Map.of("y", "2"));
        assertEquals(
                new LoginParameters(
                        List.of("consent"),
                        Optional.of(Duration.ofMinutes(5)),
                        List.of("b"),
                        List.of("urn:b"),
                        Map.of("x", "1", "y", "2")),
                one.and(other));
        assertEquals(Optional.of(Duration.ofMinutes(5)), other.and(one).maxAge());
        assertEquals(one, one.and(LoginParameters.NONE));
        assertEquals(one, LoginParameters.NONE.and(one));
    }
}
