// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.it.scenarios.RawRequest.Answer;

/** Ways round a login, byte for byte; the ids are those of docs/attacks.md. Whatever the server makes of them, no secret comes out. */
public interface PathScenarios extends ProtectedApplication {

    /** The web application behind the filter, with files. */
    static WebArchive war(DevelopmentProvider provider) {
        return withFiles(TestWar.named("paths").filter().settings(Map.of("oidc.public-paths", "/public/*")), provider);
    }

    /** The web application in a container that enforces constraints, with files. */
    static WebArchive containerWar(DevelopmentProvider provider) {
        return withFiles(TestWar.named("paths-container").constrained(), provider);
    }

    private static WebArchive withFiles(TestWar war, DevelopmentProvider provider) {
        return war.settings(ProtectedApplication.trust(provider))
                .archive()
                .addAsWebResource(new StringAsset("TREASURE"), "files/treasure.txt")
                .addAsWebResource(new StringAsset("TREASURE"), "files/index.html");
    }

    @Test
    default void theSecretsAreThereForWhoIsLoggedIn() {
        Browser alice = loggedIn("alice");
        for (String path : List.of("secure/page", "vault", "files/treasure.txt", "files/index.html")) {
            assertTrue(alice.visit(at(path)).body().contains("TREASURE"), path);
        }
    }

    @Test
    @Tag("PB-01")
    default void pathParametersHideNothing() {
        assertShut(
                "secure;x=1/page", ";a/secure/page", "secure/page;jsessionid=1", "secure/page;public", "secure;/page");
    }

    @Test
    @Tag("PB-02")
    default void encodedSemicolonsHideNothing() {
        assertShut("secure%3bx/page", "secure%3Bbypass=true/page", "public%3b/../secure/page");
    }

    @Test
    @Tag("PB-03")
    default void dotSegmentsHideNothing() {
        assertShut(
                "public/../secure/page",
                "public/%2e%2e/secure/page",
                "public/.%2E/secure/page",
                "public/..;/secure/page",
                "public/..;x=y/secure/page",
                "secure/./page",
                "./secure/page",
                "public/x/../../secure/page");
    }

    @Test
    @Tag("PB-04")
    default void doubleSlashesHideNothing() {
        assertShut("/secure/page", "secure//page", "//secure//page", "public//../secure/page");
    }

    @Test
    @Tag("PB-05")
    @Tag("PB-06")
    default void encodedSlashesHideNothingHoweverOften() {
        assertShut(
                "secure%2fpage",
                "secure%5cpage",
                "secure\\page",
                "public%2f..%2fsecure/page",
                "public/..%2fsecure/page",
                "public/..%5csecure/page",
                "public\\..\\secure\\page",
                "%2573ecure/page",
                "secure%252fpage",
                "public/%252e%252e/secure/page");
    }

    @Test
    @Tag("PB-07")
    default void otherSpellingsHideNothing() {
        assertShut(
                "SECURE/page",
                "secure/page/",
                "secure/page.",
                "secure/page%20",
                "secure",
                "secure/",
                "%73ecure/page",
                "Vault");
    }

    @Test
    @Tag("PB-08")
    default void controlCharactersHideNothing() {
        assertShut(
                "secure%00/page",
                "secure%0a/page", "secure/page%00.css", "secure/%0d%0apage", "public%00/../secure/page");
    }

    @Test
    @Tag("PB-09")
    @Tag("PB-10")
    default void filesAndWelcomeFilesAreNoExceptions() {
        assertShut(
                "files",
                "files/",
                "files/index.html",
                "files/index.html/",
                "files/index.html/x",
                "FILES/treasure.txt",
                "files/treasure.txt",
                "files/treasure%2etxt",
                "files/treasure.txt;x");
        for (Map.Entry<String, String> header : Map.of(
                        "Range", "bytes=0-3",
                        "If-None-Match", "*",
                        "If-Modified-Since", "Fri, 31 Dec 2100 23:59:59 GMT")
                .entrySet()) {
            assertShut(get("files/treasure.txt").header(header.getKey(), header.getValue()), header.getKey());
        }
    }

    @Test
    @Tag("PB-12")
    default void whatOnlyLooksPublicIsNot() {
        assertShut(
                "secure/page?x=/public/",
                "secure/public/page",
                "secure/page%23/public/x",
                "secure;/public/x",
                "publicsecure/page",
                "secure/page?/../../public/x");
    }

    @Test
    @Tag("PB-13")
    @Tag("PB-14")
    @Tag("PB-16")
    @Tag("RC-01")
    default void noHeaderOpensAPath() {
        String open = at("public/whoami").getPath();
        Map.of(
                        "X-Forwarded-Uri",
                        open,
                        "X-Original-URL",
                        open,
                        "X-Rewrite-URL",
                        open,
                        "X-Original-URI",
                        open,
                        "X-HTTP-Method-Override",
                        "OPTIONS",
                        "User-Agent",
                        "GoogleHC/1.0",
                        "X-Remote-User",
                        "alice",
                        "Remote-User",
                        "alice")
                .forEach((name, value) -> assertShut(get("secure/page").header(name, value), name));
        assertShut(get("secure/page").header("User-Agent", "kube-probe/1.30"), "kube-probe");
        assertShut(get("secure/page").form("_method=GET"), "_method");
    }

    @Test
    @Tag("PB-15")
    @Tag("PB-17")
    default void noMethodOpensAPath() {
        for (String method : List.of("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "JEFF", "get", "TRACE")) {
            for (String path : List.of("secure/page", "files/treasure.txt")) {
                Answer answer = get(path)
                        .method(method)
                        .header("Cookie", "secret=of-a-cookie")
                        .to(application());
                assertShut(answer, method + " " + path);
                assertFalse(answer.body().contains("of-a-cookie"), method);
            }
        }
        assertEquals(302, get("secure/page").to(application()).status());
        assertEquals(302, get("secure/page").method("HEAD").to(application()).status());
    }

    @Test
    @Tag("PB-18")
    default void aPreflightIsNoExceptionAndBeginsNoLogin() {
        Answer answer = get("secure/page")
                .method("OPTIONS")
                .byScript()
                .header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "GET")
                .to(application());
        assertShut(answer, "preflight");
        assertEquals("", answer.header("Location"));
        assertEquals("", answer.header("Set-Cookie"));
    }

    @Test
    @Tag("PB-23")
    default void theInsidesOfTheApplicationAreNobodys() {
        for (String path : List.of(
                "WEB-INF/web.xml",
                "web-inf/web.xml",
                "WEB-INF/classes/META-INF/microprofile-config.properties",
                "public/../WEB-INF/web.xml",
                "public/%2e%2e/WEB-INF/web.xml",
                "META-INF/MANIFEST.MF",
                "WEB-INF/")) {
            String cookies = loggedIn("alice").cookieHeader(at("whoami"));
            for (Answer answer : List.of(
                    get(path).to(application()),
                    get(path).header("Cookie", cookies).to(application()))) {
                assertNotEquals(200, answer.status(), path);
                assertFalse(answer.body().contains(CLIENT_SECRET), path);
                assertFalse(answer.body().contains("web-app"), path);
            }
        }
    }

    @Test
    @Tag("PB-24")
    default void ourOwnPathsTakeTheirMethodsOnly() {
        for (String path :
                List.of("callback", "login", "logout", "user", "jwks", "backchannel-logout", "frontchannel-logout")) {
            for (String method : List.of("PUT", "DELETE", "PATCH", "OPTIONS", "get")) {
                Answer answer = get("oidc/" + path).method(method).to(application());
                assertEquals(405, answer.status(), method + " " + path);
                assertTrue(answer.isOurs(), method + " " + path);
            }
        }
        assertNotEquals(200, get("oidc/k_logout").to(application()).status());
        assertNotEquals(200, get("oidc").to(application()).status());
    }

    private void assertShut(String... paths) {
        for (String path : paths) {
            assertShut(get(path), path);
            assertShut(get(path).byScript(), path);
        }
    }

    private void assertShut(RawRequest request, String what) {
        assertShut(request.to(application()), what);
    }

    private static void assertShut(Answer answer, String what) {
        assertTrue(
                answer.status() >= 300 && answer.status() != 304 && answer.status() < 500,
                what + " " + answer.status());
        assertFalse(answer.body().contains("TREASURE"), what);
        assertFalse(answer.headers().toString().contains("TREASURE"), what);
        answer.assertQuiet();
    }

    private RawRequest get(String path) {
        return RawRequest.get(application().getPath() + path);
    }
}
