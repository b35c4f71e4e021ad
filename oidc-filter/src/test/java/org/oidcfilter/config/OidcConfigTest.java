// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.OidcEvent;
import org.oidcfilter.OidcEventListener;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.LoginParameters;
import org.oidcfilter.protocol.ProviderEndpoints;

class OidcConfigTest {
    private static final String SECRET = "a-client-secret-of-more-than-32-characters";
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    private final Sources sources = new Sources();

    @Test
    void threeSettingsAreEnough() {
        var config = sources.load();
        assertEquals("https://id.example.com/realms/acme", config.provider().issuer());
        assertTrue(config.provider().endpoints().discovery());
        assertEquals(Duration.ofSeconds(5), config.provider().timeout());
        assertEquals("shop", config.client().id());
        assertEquals(Optional.of(Secret.of(SECRET)), config.client().secret());
        assertEquals(ClientConfig.Authentication.AUTO, config.client().authentication());
        assertEquals("/oidc", config.path());
        assertEquals(Optional.empty(), config.externalUrl());
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void everyDefaultIsPresent() {
        var config = sources.load();
        assertEquals(
                new LoginConfig(
                        "openid profile email",
                        LoginConfig.ResponseMode.QUERY,
                        LoginConfig.UserInfo.AUTO,
                        LoginParameters.NONE,
                        List.of(),
                        Duration.ofMinutes(10),
                        false,
                        new LoginConfig.Paths(Optional.empty(), Optional.empty(), Optional.empty())),
                config.login());
        assertEquals(
                new TokenConfig(
                        List.of(
                                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                                "EdDSA"),
                        Set.of(),
                        Optional.empty(),
                        TokenConfig.Demand.REQUIRED,
                        TokenConfig.Demand.OPTIONAL,
                        Duration.ofSeconds(30)),
                config.tokens());
        assertEquals(
                new SessionConfig(
                        Duration.ofMinutes(30),
                        Duration.ofHours(8),
                        false,
                        false,
                        SessionConfig.Expired.LOGIN,
                        SessionConfig.Kept.CONTAINER,
                        Set.of(SessionConfig.KeptToken.values()),
                        6000,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        SessionConfig.ApplicationLogout.HERE,
                        true),
                config.session());
        assertEquals(new RefreshConfig(true, Duration.ofSeconds(30), true, List.of()), config.refresh());
        assertEquals(
                new AccessConfig(
                        false,
                        List.of(),
                        List.of(),
                        new RolesConfig(
                                List.of(
                                        new ClaimPath(List.of("roles")),
                                        new ClaimPath(List.of("realm_access", "roles"))),
                                false,
                                Optional.empty(),
                                RoleNames.SAME,
                                "",
                                Optional.empty(),
                                Optional.empty()),
                        List.of(new ClaimPath(List.of("preferred_username")))),
                config.access());
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        var problems = sources.with("oidc.issuer", "http://id.example.com")
                .without("oidc.client-id")
                .with("oidc.clock-skew", "1h")
                .with("oidc.isuer", "https://id.example.com")
                .problems();
        assertEquals(4, problems.size(), problems::toString);
    }

    @Test
    void issuerAndClientIdAreRequired() {
        assertEquals("oidc.issuer is required", sources.without("oidc.issuer").problem());
        assertEquals(
                "oidc.client-id is required",
                new Sources().without("oidc.client-id").problem());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void aBlankValueIsAProblemAndNeverTheDefault(Setting setting) {
        sources.without("oidc.client-secret");
        assertEquals(
                List.of(setting.key() + " is set but blank; remove it or give it a value"),
                sources.with(setting.key(), " ").problems().stream()
                        .filter(problem -> problem.contains("blank"))
                        .toList());
        assertTrue(new Sources()
                .without("oidc.client-secret")
                .withEnvironment(setting.environmentVariable(), "")
                .problems()
                .toString()
                .contains("blank"));
    }

    @Test
    void aReferenceToNothingIsAProblem() {
        assertEquals(
                "oidc.scope refers by ${…} to something that is not set",
                sources.with("oidc.scope", "${no.such.thing}").problem());
    }

    @Test
    void aReferenceToAHandlerOfSecretsThatDoesNotExistIsAProblem() {
        assertEquals(
                "oidc.scope refers by ${…::…} to a handler of secrets that does not exist",
                sources.with("oidc.scope", "${vault::scope}").problem());
    }

    @Test
    void aReferenceThatNeverEndsIsAProblem() {
        assertEquals(
                "oidc.scope refers by ${…} to itself",
                sources.with("oidc.scope", "openid ${oidc.scope}").problem());
        assertEquals(
                List.of("oidc.path refers by ${…} to itself", "oidc.scope refers by ${…} to itself"),
                sources.with("oidc.scope", "${oidc.path}").with("oidc.path", "${oidc.scope}").problems().stream()
                        .sorted()
                        .toList());
    }

    @Test
    @Tag("CF-05")
    void initParamsAreStrongerThanFilesAndWeakerThanTheEnvironment() {
        assertEquals(
                "init",
                sources.withInitParam("oidc.client-id", "init").load().client().id());
        assertEquals(
                "environment",
                sources.withEnvironment("OIDC_CLIENT_ID", "environment")
                        .load()
                        .client()
                        .id());
        assertEquals(
                "system",
                sources.withSystemProperty("oidc.client-id", "system")
                        .load()
                        .client()
                        .id());
    }

    @Test
    void valuesMayStandOnLinesOfTheirOwn() {
        assertEquals(
                "https://id.example.com",
                sources.withInitParam("oidc.issuer", "\n  https://id.example.com\n  ")
                        .load()
                        .provider()
                        .issuer());
    }

    @Test
    void keepsTheIssuerExactlyAsWritten() {
        assertEquals(
                "https://ID.example.com:443/",
                sources.with("oidc.issuer", "https://ID.example.com:443/")
                        .load()
                        .provider()
                        .issuer());
    }

    @ParameterizedTest
    @Tag("CF-06")
    @ValueSource(
            strings = {
                "id.example.com",
                "//id.example.com",
                "ftp://id.example.com",
                "https:",
                "https:///realm",
                "https://id example.com",
                "https://under_score.example.com",
                "https://user:hunter2@id.example.com",
                "https://id.example.com?x=1",
                "https://id.example.com#x",
                "https://id.example.com:65536",
                "http://id.example.com",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://127.0.0.256",
                "http://128.0.0.1",
                "http://[::2]",
                "https://id.example.com/.well-known/openid-configuration"
            })
    void rejectsAnIssuerThatIsNoSecureAddress(String issuer) {
        var problem = sources.with("oidc.issuer", issuer).problem();
        assertTrue(problem.startsWith("oidc.issuer must "), problem);
        assertFalse(problem.contains("hunter2"), problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080/realms/acme",
                "http://LOCALHOST",
                "http://id.localhost",
                "http://127.0.0.1:8080",
                "http://127.255.0.9",
                "http://[::1]:8080"
            })
    void allowsPlainHttpToThisMachine(String issuer) {
        assertEquals(
                issuer, sources.with("oidc.issuer", issuer).load().provider().issuer());
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com, https://shop.example.com",
        "https://shop.example.com/, https://shop.example.com",
        "https://Shop.Example.com:443/Shop/, https://shop.example.com/Shop",
        "https://shop.example.com:8443/a/b, https://shop.example.com:8443/a/b",
        "http://localhost:80/shop, http://localhost/shop",
    })
    void normalisesTheExternalUrlToWhatABrowserWouldWrite(String written, String normal) {
        assertEquals(
                Optional.of(URI.create(normal)),
                sources.with("oidc.external-url", written).load().externalUrl());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://shop.example.com",
                "https://shop.example.com/?a",
                "https://shop.example.com//",
                "https://shop.example.com/a/../b",
                "https://shop.example.com/a;b",
                "https://shop.example.com/%2e%2e/b",
                "/shop"
            })
    void rejectsAnExternalUrlThatIsNotPlain(String url) {
        var problem = sources.with("oidc.external-url", url).problem();
        assertTrue(problem.startsWith("oidc.external-url must "), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc", "/", "/oidc/", "/a//b", "/a/./b", "/..", "/a b", "/a;b", "/a%20b", "/a\\b", "/a?b"})
    void rejectsAPathThatIsNotPlain(String path) {
        assertTrue(sources.with("oidc.path", path).problem().startsWith("oidc.path must "));
    }

    @Test
    void aCallbackPathLiesOutsideOurOwnPages() {
        assertEquals(
                Optional.of("/Callback"),
                sources.with("oidc.callback-path", "/Callback")
                        .load()
                        .login()
                        .paths()
                        .callback());
        for (var path : List.of("/oidc", "/oidc/logout")) {
            assertTrue(sources.with("oidc.callback-path", path)
                    .problem()
                    .startsWith("oidc.callback-path must not lie below oidc.path"));
        }
    }

    @Test
    void whereLogoutsComeBackLiesThereToo() {
        for (var path : List.of("/oidc", "/oidc/callback")) {
            assertTrue(sources.with("oidc.logout-callback-path", path)
                    .problem()
                    .startsWith("oidc.logout-callback-path must not lie below oidc.path"));
        }
        assertTrue(sources.with("oidc.logout-callback-path", "/Callback")
                .with("oidc.callback-path", "/Callback")
                .problem()
                .startsWith("oidc.logout-callback-path must not be oidc.callback-path"));
    }

    @Test
    void keysAndSecretsOfOneProviderAreNotForAnother() {
        var definition = Map.of(
                "oidc.issuer", "https://test.example",
                "oidc.client-id", "test",
                "oidc.client-secret", "secret-of-test",
                "oidc.discovery", "false",
                "oidc.token-endpoint", "https://test.example/token",
                "oidc.jwks-uri", "https://test.example/jwks",
                "oidc.scope", "openid b");
        sources.without("oidc.client-secret");
        var same = new Settings(sources.config(), Map.of("oidc.issuer", "https://test.example"), definition);
        assertTrue(same.has(Setting.JWKS_URI));
        var another = new Settings(
                sources.config(), Map.of("oidc.issuer", "https://live.example", "oidc.client-id", "live"), definition);
        for (var setting :
                List.of(Setting.CLIENT_SECRET, Setting.DISCOVERY, Setting.TOKEN_ENDPOINT, Setting.JWKS_URI)) {
            assertFalse(another.has(setting), setting.key());
        }
        assertTrue(another.has(Setting.SCOPE));
    }

    @Test
    void aDefinedSecretIsForTheDefinedClientAndWeakerThanAFile() {
        var definition = Map.of("oidc.client-id", "test", "oidc.client-secret", "secret-of-test");
        var empty = new Sources().without("oidc.client-secret").without("oidc.client-id");
        assertTrue(
                new Settings(empty.config(), Map.of("oidc.client-id", "test"), definition).has(Setting.CLIENT_SECRET));
        assertFalse(
                new Settings(empty.config(), Map.of("oidc.client-id", "live"), definition).has(Setting.CLIENT_SECRET));
        assertFalse(new Settings(empty.config(), Map.of("oidc.client-secret-file", "/secret"), definition)
                .has(Setting.CLIENT_SECRET));
    }

    @Test
    void whatTheCodeOfTheApplicationDefinesCountsWhereNothingElseIsSet() {
        var config = OidcConfig.load(
                sources.with("oidc.scope", "openid a").config(),
                Map.of("oidc.client-id", "nearest"),
                Map.of("oidc.scope", "openid b", "oidc.client-id", "defined", "oidc.refresh", "false"));
        assertEquals("openid a", config.login().scope());
        assertEquals("nearest", config.client().id());
        assertFalse(config.refresh().enabled());
    }

    @Test
    void acceptsPlainPaths() {
        var config = sources.with("oidc.path", "/auth/sso-1.0")
                .with("oidc.post-logout-path", "/")
                .load();
        assertEquals("/auth/sso-1.0", config.path());
        assertEquals(Optional.of("/"), config.session().postLogoutPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "goodbye"})
    void theWayOutStaysInTheApplication(String path) {
        assertTrue(sources.with("oidc.post-logout-path", path)
                .problem()
                .startsWith("oidc.post-logout-path must be a path"));
    }

    @ParameterizedTest
    @CsvSource({"1500ms, PT1.5S", "30s, PT30S", "10m, PT10M", "8h, PT8H", "1d, PT24H", "PT10M, PT10M", "P1D, PT24H"})
    void readsDurations(String written, Duration expected) {
        assertEquals(
                expected,
                sources.with("oidc.login-timeout", written).load().login().timeout());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10 m", "-10m", "10M", "1.5h", "PT-10M", "0s", "99999999999d", "999999999d", "m"})
    void rejectsWhatIsNoPositiveDuration(String duration) {
        var problem = sources.with("oidc.login-timeout", duration).problem();
        assertTrue(problem.startsWith("oidc.login-timeout must be "), problem);
        assertTrue(problem.endsWith(", not '" + duration + "'"), problem);
    }

    @ParameterizedTest
    @CsvSource({
        "oidc.clock-skew, 0s, true",
        "oidc.clock-skew, 5m, true",
        "oidc.clock-skew, 301s, false",
        "oidc.provider-timeout, 99ms, false",
        "oidc.provider-timeout, 100ms, true",
        "oidc.provider-timeout, 60s, true",
        "oidc.provider-timeout, 60001ms, false",
        "oidc.max-age, 999ms, false",
        "oidc.max-age, 1s, true"
    })
    void durationsHaveLimits(String key, String duration, boolean allowed) {
        sources.with(key, duration);
        if (allowed) {
            assertEquals(List.of(), sources.load().warnings());
        } else {
            assertTrue(sources.problem().startsWith(key + " must be from "));
        }
    }

    @Test
    void aSessionCannotIdleLongerThanItLives() {
        assertEquals(
                "oidc.session-idle-timeout must not exceed oidc.session-lifetime",
                sources.with("oidc.session-lifetime", "29m").problem());
        assertEquals(
                Duration.ofMinutes(30),
                sources.with("oidc.session-lifetime", "30m").load().session().lifetime());
    }

    @ParameterizedTest
    @CsvSource({"email profile", "OpenID email", "openidx", "'openid,email'", "openid \"email\""})
    void theScopeNamesOpenid(String scope) {
        assertTrue(sources.with("oidc.scope", scope).problem().startsWith("oidc.scope must be scopes"));
    }

    @Test
    void separatesScopesBySingleSpaces() {
        assertEquals(
                "openid api://shop/read",
                sources.with("oidc.scope", "openid \t api://shop/read")
                        .load()
                        .login()
                        .scope());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "hs256", "RS256,HS1", "rs256", "RS1"})
    void rejectsAlgorithmsThatProveNothing(String algorithms) {
        assertTrue(sources.with("oidc.id-token-algorithms", algorithms)
                .problem()
                .startsWith("oidc.id-token-algorithms must be some of "));
    }

    @Test
    void readsListsOfWords() {
        var config = sources.with("oidc.id-token-algorithms", "ES256, PS256")
                .with("oidc.acr-values", "urn:a\\,b , mfa")
                .load();
        assertEquals(List.of("ES256", "PS256"), config.tokens().idTokenAlgorithms());
        assertEquals(List.of("urn:a,b", "mfa"), config.login().parameters().acrValues());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,,b", ",", "a,", "phr mfa"})
    void rejectsListsThatAreNotSeparatedByCommas(String list) {
        assertTrue(sources.with("oidc.acr-values", list).problem().startsWith("oidc.acr-values must "));
    }

    @ParameterizedTest
    @CsvSource({
        "oidc.client-authentication, basic",
        "oidc.client-authentication, AUTO",
        "oidc.response-mode, fragment",
        "oidc.userinfo, yes",
        "oidc.discovery, no"
    })
    void rejectsWordsThatAreNoChoice(String key, String word) {
        assertTrue(sources.with(key, word).problem().startsWith(key + " must be "));
    }

    @Test
    void readsChoices() {
        var config = sources.with("oidc.client-authentication", "client_secret_post")
                .with("oidc.response-mode", "form_post")
                .with("oidc.userinfo", "never")
                .load();
        assertEquals(
                ClientConfig.Authentication.CLIENT_SECRET_POST, config.client().authentication());
        assertEquals(LoginConfig.ResponseMode.FORM_POST, config.login().responseMode());
        assertEquals(LoginConfig.UserInfo.NEVER, config.login().userInfo());
    }

    @Test
    void clientAuthenticationAndSecretMustAgree() {
        assertTrue(sources.with("oidc.client-authentication", "none").problem().contains("there is a client secret"));
        assertTrue(sources.without("oidc.client-secret")
                .with("oidc.client-authentication", "client_secret_basic")
                .problem()
                .contains("there is no client secret"));
    }

    @Test
    void withoutASecretTheClientIsPublic() {
        var config = sources.without("oidc.client-secret").load();
        assertEquals(Optional.empty(), config.client().secret());
        assertEquals(List.of(), config.warnings());
    }

    @ParameterizedTest
    @Tag("CF-05")
    @ValueSource(strings = {SECRET, SECRET + "\n", SECRET + "\r\n"})
    void readsTheSecretFromAFile(String content, @TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), content);
        var config = sources.without("oidc.client-secret")
                .with("oidc.client-secret-file", file.toString())
                .load();
        assertEquals(Optional.of(Secret.of(SECRET)), config.client().secret());
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void rejectsASecretFileThatHoldsNoSecret(@TempDir Path folder) throws IOException {
        sources.without("oidc.client-secret");
        var blank = Files.writeString(folder.resolve("blank"), "\n");
        var binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
        var large = Files.write(folder.resolve("large"), new byte[64 * 1024 + 1]);
        for (var file : List.of(blank, binary, large, folder, folder.resolve("missing"))) {
            var problem =
                    sources.with("oidc.client-secret-file", file.toString()).problem();
            assertTrue(problem.startsWith("oidc.client-secret-file must name a "), problem);
        }
    }

    @Test
    void theSecretComesFromOnePlace() {
        assertEquals(
                "oidc.client-secret-file and oidc.client-secret are both set; remove one",
                sources.with("oidc.client-secret-file", "/nowhere").problem());
    }

    @Test
    void warnsOfAClientSecretThatIsTooWeakToProtectCookies() {
        assertTrue(sources.with("oidc.client-secret", "s".repeat(31))
                .load()
                .warnings()
                .toString()
                .contains("oidc.cookie-keys"));
        assertEquals(
                List.of(),
                sources.with("oidc.client-secret", "s".repeat(32)).load().warnings());
        assertEquals(
                List.of(),
                sources.with("oidc.client-secret", "short")
                        .with("oidc.cookie-keys", KEY)
                        .load()
                        .warnings());
    }

    @Test
    void warnsOfWhiteSpaceAroundTheSecret() {
        var config = sources.with("oidc.client-secret", SECRET + " ").load();
        assertEquals(Optional.of(Secret.of(SECRET + " ")), config.client().secret());
        assertTrue(config.warnings().toString().contains("white space"));
    }

    @Test
    void readsCookieKeys() {
        assertEquals(
                List.of(Secret.of(KEY), Secret.of("x" + KEY)),
                sources.with("oidc.cookie-keys", KEY + ", x" + KEY)
                        .load()
                        .session()
                        .cookieKeys());
    }

    @Test
    void readsCookieKeysFromAFile(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("keys"), KEY + "\nx" + KEY + "\n");
        var session =
                sources.with("oidc.cookie-keys-file", file.toString()).load().session();
        assertEquals(List.of(Secret.of(KEY), Secret.of("x" + KEY)), session.cookieKeys());
        assertEquals(Optional.of(file), session.cookieKeysFile());
        assertTrue(sources.with("oidc.cookie-keys", KEY).problems().toString().contains("are both set"));
        var missing = new Sources()
                .with("oidc.cookie-keys-file", folder.resolve("missing").toString());
        assertTrue(missing.problems().toString().contains("oidc.cookie-keys-file must name a file"));
    }

    @Test
    void sessionsInCookiesNeedKeysThatAllNodesKnow() {
        var problems = sources.with("oidc.session", "cookie").problems();
        assertEquals(
                List.of("oidc.session is cookie, which needs oidc.cookie-keys or oidc.cookie-keys-file"), problems);
        var config = sources.with("oidc.cookie-keys", KEY).load();
        assertEquals(SessionConfig.Kept.COOKIE, config.session().kept());
    }

    @ParameterizedTest
    @CsvSource({"999, false", "1000, true", "32000, true", "32001, false", "-1, false", "x, false", "9999999999, false"
    })
    void cookiesOfASessionHaveASizeWithinReason(String size, boolean allowed) {
        sources.with("oidc.session-cookie-size", size);
        if (allowed) {
            assertEquals(Integer.parseInt(size), sources.load().session().cookieSize());
        } else {
            assertEquals(
                    List.of("oidc.session-cookie-size must be a number from 1000 to 32000, not '" + size + "'"),
                    sources.problems());
        }
    }

    @Test
    void tokensCanBeLeftOut() {
        var some =
                sources.with("oidc.session-tokens", "refresh_token, id_token").load();
        assertEquals(
                Set.of(SessionConfig.KeptToken.ID_TOKEN, SessionConfig.KeptToken.REFRESH_TOKEN),
                some.session().keptTokens());
        assertEquals(
                Set.of(),
                sources.with("oidc.session-tokens", "none").load().session().keptTokens());
        assertTrue(sources.with("oidc.session-tokens", "id-token")
                .problems()
                .toString()
                .contains("must be one of id_token, access_token, refresh_token"));
    }

    @Test
    @Tag("CF-05")
    void noSecretIsEverPrinted() {
        var shortKey = "hunter2-cookie-key";
        var thrown = assertThrows(
                ConfigurationException.class,
                sources.with("oidc.cookie-keys", KEY + "," + shortKey)
                        .with("oidc.client-id", "")
                        .withInitParam("oidc.client-secrets", SECRET)::load);
        var message = String.valueOf(thrown.getMessage());
        for (var secret : List.of(shortKey, KEY, SECRET)) {
            assertFalse(message.contains(secret), message);
        }
        var printed = new Sources().with("oidc.cookie-keys", KEY).load().toString();
        assertFalse(printed.contains(SECRET) || printed.contains(KEY), printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2-in-the-wrong-place", "hunter2\0", "https://u:hunter2@id.example.com"})
    void noSecretInTheWrongPlaceIsPrintedEither(String misplaced) {
        sources.without("oidc.client-secret").with("oidc.client-secret-file", misplaced);
        var problem = sources.problem();
        assertFalse(problem.contains("hunter2"), problem);
    }

    @Test
    void noSecretIsPrintedThroughAReferenceToIt() {
        var problem = sources.with("oidc.scope", "email ${oidc.client-secret}").problem();
        assertEquals("oidc.scope must be scopes separated by spaces, openid among them", problem);
        assertEquals(
                "oidc.scope must be scopes separated by spaces, openid among them, not 'email'",
                sources.with("oidc.scope", "email").problem());
    }

    @Test
    void endpointsTakeThePlaceOfDiscovery() {
        var endpoints = withoutDiscovery()
                .with("oidc.end-session-endpoint", "https://id.example.com/logout")
                .with("oidc.revocation-endpoint", "https://id.example.com/revoke")
                .load()
                .provider()
                .endpoints();
        assertEquals(
                new ProviderEndpoints(
                        false,
                        Optional.of(URI.create("https://id.example.com/authorize")),
                        Optional.of(URI.create("https://id.example.com/token")),
                        Optional.of(URI.create("https://id.example.com/jwks")),
                        Optional.empty(),
                        Optional.of(URI.create("https://id.example.com/logout")),
                        Optional.of(URI.create("https://id.example.com/revoke"))),
                endpoints);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc.authorization-endpoint", "oidc.token-endpoint", "oidc.jwks-uri"})
    void withoutDiscoveryThreeEndpointsAreRequired(String key) {
        assertEquals(key + " is required", withoutDiscovery().without(key).problem());
    }

    @Test
    void anEndpointNextToDiscoveryOverridesThatOne() {
        var endpoints = sources.with("oidc.jwks-uri", "https://id.example.com/jwks")
                .load()
                .provider()
                .endpoints();
        assertTrue(endpoints.discovery());
        assertEquals(Optional.of(URI.create("https://id.example.com/jwks")), endpoints.jwks());
        assertEquals(Optional.empty(), endpoints.token());
    }

    @Test
    @Tag("CF-06")
    void endpointsAreAsSecureAsTheIssuer() {
        withoutDiscovery().with("oidc.token-endpoint", "http://id.example.com/token");
        assertTrue(sources.problem().startsWith("oidc.token-endpoint must use https"));
        sources.with("oidc.token-endpoint", "http://localhost/token");
        assertTrue(sources.problem().startsWith("oidc.token-endpoint must use https"));
        sources.with("oidc.issuer", "http://localhost:9000");
        assertEquals(
                Optional.of(URI.create("http://localhost/token")),
                sources.load().provider().endpoints().token());
    }

    @Test
    void anUnknownKeyIsAProblemWithTheNearestName() {
        assertEquals(
                "oidc.isuer is not a setting; the nearest one is oidc.issuer",
                sources.with("oidc.isuer", "x").problem());
        assertEquals(
                "oidc.client.id is not a setting; the nearest one is oidc.client-id",
                new Sources().with("oidc.client.id", "x").problem());
        assertEquals(
                "oidc.public-path is not a setting; the nearest one is oidc.public-paths",
                new Sources().withInitParam("oidc.public-path", "/x").problem());
    }

    @Test
    void anInitParamWithoutThePrefixIsAProblem() {
        assertEquals(
                "the init-param scope is not a setting; its name is oidc.scope",
                sources.withInitParam("scope", "openid").problem());
    }

    @Test
    void namesOfOthersAreTheirBusiness() {
        sources.with("mp.jwt.issuer", "x")
                .with("oidcx", "x")
                .withInitParam("encoding", "UTF-8")
                .withEnvironment("OIDCX", "x");
        assertEquals(List.of(), sources.load().warnings());
    }

    @Test
    void everySettingMayBeAnEnvironmentVariable() {
        sources.withEnvironment("OIDC_CLIENT_AUTHENTICATION", "client_secret_basic")
                .withEnvironment("OIDC_PUBLIC_PATHS", "/open/*");
        var config = sources.load();
        assertEquals(
                ClientConfig.Authentication.CLIENT_SECRET_BASIC, config.client().authentication());
        assertEquals(List.of(new PathPattern("/open/*")), config.access().publicPaths());
        assertEquals(List.of(), config.warnings());
    }

    @Test
    void anUnknownEnvironmentVariableIsAWarningOnly() {
        assertEquals(
                List.of("the environment variable OIDC_CLIENTID is not a setting; the nearest one is OIDC_CLIENT_ID"),
                sources.withEnvironment("OIDC_CLIENTID", "x").load().warnings());
    }

    @Test
    void readsAccessRules() {
        var access = sources.with("oidc.public-paths", "/, *.css")
                .with("oidc.path-rules", "/admin/* = admin;\n POST, PUT /orders/* = clerk , admin ;")
                .with("oidc.roles-claim", "https://example.com/roles")
                .load()
                .access();
        assertEquals(List.of(new PathPattern("/"), new PathPattern("*.css")), access.publicPaths());
        assertEquals(
                List.of(PathRule.parse("/admin/* = admin"), PathRule.parse("PUT,POST /orders/* = admin,clerk")),
                access.rules());
        assertEquals(
                List.of(new ClaimPath(List.of("https://example.com/roles"))),
                access.roles().claims());
        assertTrue(access.roles().claimsExplicit());
    }

    @Test
    void theContainerOrTheRulesDecide() {
        sources.with("oidc.container-security", "true");
        assertTrue(sources.load().access().container());
        sources.with("oidc.public-paths", "/open/*").with("oidc.path-rules", "/admin/* = admin");
        var instead =
                " is not asked with oidc.container-security: say the same by <security-constraint> or @ServletSecurity";
        assertEquals(
                List.of("oidc.public-paths" + instead, "oidc.path-rules" + instead),
                assertThrows(ConfigurationException.class, sources::load).problems());
        assertFalse(
                sources.with("oidc.container-security", "false").load().access().container());
    }

    @ParameterizedTest
    @CsvSource({"true,true", "' true ',true", "false,false", "perhaps,true", "'',true", "' ',true", "${not.set},true"})
    void whetherTheContainerIsToDecideIsToldByOneLook(String value, boolean asked) {
        assertFalse(OidcConfig.asksForContainerSecurity(sources.config()), "by default");
        sources.with("oidc.container-security", value);
        assertEquals(asked, OidcConfig.asksForContainerSecurity(sources.config()), "nonsense is for the full look");
        if (asked && !value.strip().equals("true")) {
            assertTrue(sources.problem().startsWith("oidc.container-security "));
        }
    }

    /** A listener of an application. */
    public static final class Listener implements OidcEventListener {
        @Override
        public void on(OidcEvent event) {}
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everyExampleWorks(Setting setting, @TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("secret"), SECRET).toString();
        var example = setting.key().endsWith("-file") ? file : setting.example();
        if (setting == Setting.ID_TOKEN_ENCRYPTION) {
            sources.with("oidc.decryption-keys-file", file);
        }
        if (setting == Setting.SESSION_MODE) {
            sources.with("oidc.cookie-keys", KEY);
        }
        if (setting.group() == SettingGroup.ENDPOINTS) {
            withoutDiscovery();
        }
        if (setting == Setting.CLIENT_SECRET_FILE) {
            sources.without("oidc.client-secret");
        }
        if (setting.group() == SettingGroup.CLUSTER) {
            sources.with("oidc.shared-state", "jcache");
        }
        if (setting == Setting.UNMAPPED_ROLES) {
            sources.with("oidc.role-names", "staff = user");
        }
        if (setting == Setting.ROLE_MAPPER) {
            example = RolesConfigTest.Mapper.class.getName();
        }
        if (setting == Setting.EVENT_LISTENERS) {
            example = Listener.class.getName();
        }
        var warnings = sources.with(setting.key(), example).load().warnings();
        assertEquals(setting.key().contains("insecure"), !warnings.isEmpty(), warnings::toString);
    }

    private Sources withoutDiscovery() {
        return sources.with("oidc.discovery", "false")
                .with("oidc.authorization-endpoint", "https://id.example.com/authorize")
                .with("oidc.token-endpoint", "https://id.example.com/token")
                .with("oidc.jwks-uri", "https://id.example.com/jwks");
    }
}
