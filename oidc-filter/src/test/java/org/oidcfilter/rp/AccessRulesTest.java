// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcRequest.Declared;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Reason;
import org.oidcfilter.config.PathPattern;
import org.oidcfilter.config.PathRule;

class AccessRulesTest {
    private static final AccessRules RULES = new AccessRules(
            List.of(new PathPattern("/"), new PathPattern("/public/*"), new PathPattern("*.css")),
            List.of(
                    new PathRule(Set.of(), new PathPattern("/admin/*"), Set.of("admin")),
                    new PathRule(Set.of(), new PathPattern("/public/secret/*"), Set.of("admin")),
                    new PathRule(Set.of("GET"), new PathPattern("/reports/*"), Set.of("reader", "writer")),
                    new PathRule(Set.of("POST"), new PathPattern("/reports/*"), Set.of("writer"))));

    @Test
    void everyPathNeedsALoginUnlessItIsPublic() {
        assertTrue(RULES.access(PlainRequest.get("/anything")).login());
        assertFalse(RULES.access(PlainRequest.get("/")).login());
        assertFalse(RULES.access(PlainRequest.get("/public/x")).login());
        assertFalse(RULES.access(PlainRequest.get("/style/page.css")).login());
        assertTrue(RULES.access(PlainRequest.get("/publicity")).login());
        assertTrue(RULES.access(PlainRequest.get("/PUBLIC/x")).login());
    }

    @Test
    void aRuleWinsOverAPublicPath() {
        var access = RULES.access(PlainRequest.get("/public/secret/x"));
        assertTrue(access.login());
        assertFalse(access.permits(Set.of("user")));
        assertTrue(access.permits(Set.of("admin")));
    }

    @Test
    void aMethodThatNoRuleOfThePathNamesIsForNobody() {
        for (var method : List.of("DELETE", "PUT", "OPTIONS", "TRACE", "get", "JEFF")) {
            assertTrue(
                    RULES.access(PlainRequest.get("/reports/1").method(method)).denied(), method);
        }
        assertTrue(RULES.access(PlainRequest.get("/reports/1").method("HEAD")).permits(Set.of("reader")));
        assertFalse(RULES.access(PlainRequest.get("/reports/1").method("POST")).permits(Set.of("reader")));
    }

    @Test
    void declaredRolesAddToTheRules() {
        var request = PlainRequest.get("/admin/x").declared(new Declared.RolesAllowed(Set.of("boss")));
        var access = RULES.access(request);
        assertFalse(access.permits(Set.of("admin")));
        assertFalse(access.permits(Set.of("boss")));
        assertTrue(access.permits(Set.of("admin", "boss")));
    }

    @Test
    void rolesThatAllowNobodyAllowNobody() {
        var access = RULES.access(PlainRequest.get("/x").declared(new Declared.RolesAllowed(Set.of())));
        assertFalse(access.permits(Set.of("admin", "")));
    }

    @Test
    void twoStarsAreEverybodyWhoIsLoggedIn() {
        var access = RULES.access(PlainRequest.get("/x").declared(new Declared.RolesAllowed(Set.of("**"))));
        assertTrue(access.login());
        assertTrue(access.permits(Set.of()));
    }

    @Test
    void denyAllIsForNobodyEvenOnAPublicPath() {
        assertTrue(RULES.access(PlainRequest.get("/public/x").declared(new Declared.DenyAll()))
                .denied());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/..",
                "/public/../admin/x",
                "/public/./x",
                "/public;x/admin",
                "/public\\admin",
                "//public/x",
                "/public//x",
                "/public/%2e%2e/admin",
                "/public/x\u0000",
                "/public/x\n",
                "public/x"
            })
    void aPathThatCanBeReadInTwoWaysIsRefused(String path) {
        var failure = assertThrows(
                InvalidResponseException.class,
                () -> AccessRules.refuseAmbiguous(new PlainRequest(
                        "GET",
                        PlainRequest.ORIGIN,
                        path,
                        java.util.Optional.empty(),
                        java.util.Map.of(),
                        List.of(),
                        "",
                        Demand.RULES,
                        new Declared.Nothing(),
                        Optional.empty(),
                        new PlainSession())));
        assertEquals(Reason.AMBIGUOUS_PATH, failure.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/admin/..;a=b/public/x",
                "/app/admin/%2e%2e/public/x",
                "/app/admin/%2E/public/x",
                "/app/admin;x=y/../public/x",
                "/app//public/x",
                "/app/public/./x",
                "/app/public/x%2fy",
                "/app/public/x%5Cy",
                "/app/public/%252e/x",
                "/app/public/x%3by",
                "/app/public/x%00",
                "/app/public/x\\y",
                "/app/public/..",
                "/;x/app/public/x",
                "/other/public/x"
            })
    void aPathThatWasSentInTwoWaysIsRefusedHoweverItWasDecoded(String sent) {
        var request = PlainRequest.get("/public/x").sentAs(sent);
        var failure = assertThrows(InvalidResponseException.class, () -> AccessRules.refuseAmbiguous(request));
        assertEquals(Reason.AMBIGUOUS_PATH, failure.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/app/public/x", "/app/public/x;v=1", "/app/caf%C3%A9/a.b/..c", "/app/public/x;jsessionid=1"})
    void aPlainPathIsFine(String sent) {
        AccessRules.refuseAmbiguous(PlainRequest.get("/public/x").sentAs(sent));
        assertTrue(sent.startsWith(PlainRequest.CONTEXT));
    }

    @Test
    void whoElseDecidesIsObeyed() {
        assertFalse(
                RULES.access(PlainRequest.get("/admin/x").demand(Demand.OPEN)).login());
        assertTrue(RULES.access(PlainRequest.get("/").demand(Demand.CHALLENGE)).login());
        assertTrue(RULES.access(PlainRequest.get("/").demand(Demand.REQUIRED)).login());
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "REQUIRED"})
    void whatAServletDeclaresHoldsWhereTheContainerDecides(Demand demand) {
        var request = PlainRequest.get("/").demand(demand);
        var roles = RULES.access(request.declared(new Declared.RolesAllowed(Set.of("boss"))));
        assertTrue(roles.login());
        assertFalse(roles.permits(Set.of("admin")));
        assertTrue(roles.permits(Set.of("boss")));
        assertTrue(RULES.access(request.declared(new Declared.DenyAll())).denied());
        assertEquals(
                demand == Demand.REQUIRED,
                RULES.access(request.declared(new Declared.PermitAll())).login(),
                "who may be asked for a login is the container's to say");
    }
}
