// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oidcfilter.Caller;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

/** What the filter does with the container; what it decides is tested with plain requests. */
class OidcFilterTest {
    private static final String ISSUER = "https://id.example";
    private static final String SESSION_ID = "the-id-of-the-session";
    private static final Pattern CALLBACK = Pattern.compile("https://(\\w+)\\.example/app/oidc/callback");
    private static final Logger LOG = Logger.getLogger("org.oidcfilter");

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "oidc.issuer",
            ISSUER,
            "oidc.client-id",
            "shop",
            "oidc.client-secret",
            "a-client-secret-of-more-than-32-characters",
            "oidc.discovery",
            "false",
            "oidc.authorization-endpoint",
            ISSUER + "/authorize",
            "oidc.token-endpoint",
            ISSUER + "/token",
            "oidc.jwks-uri",
            ISSUER + "/jwks",
            "oidc.public-paths",
            "/public/*"));
    private final OidcFilter filter = new OidcFilter();
    private final Exchange exchange = new Exchange();
    private final List<String> log = new ArrayList<>();
    private final Recorder recorder = new Recorder(log);
    private String sameSite = "Lax";
    private String descriptor = "<web-app/>";
    private Set<String> patterns = Set.of("/*");

    @Nullable
    private HttpServletRequest passedOn;

    private int passedOnToTheApplication;

    /** What the application does with a request. */
    private FilterChain application = (request, response) -> {};

    @BeforeEach
    void listen() {
        LOG.addHandler(recorder);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(recorder);
        filter.destroy();
    }

    private void init() {
        var context = context();
        filter.init(Fake.of(FilterConfig.class, (method, arguments) -> switch (method) {
            case "getServletContext" -> context;
            case "getFilterName" -> "the-filter";
            case "getInitParameterNames" -> Collections.enumeration(settings.keySet());
            case "getInitParameter" -> settings.get(String.valueOf(arguments[0]));
            default -> throw new AssertionError("nobody expected " + method);
        }));
    }

    private ServletContext context() {
        var cookie = Fake.of(
                SessionCookieConfig.class, Map.of("getAttribute", sameSite, "isHttpOnly", true, "isSecure", true));
        Map<String, Object> answers = new HashMap<>(Map.of(
                "getContextPath",
                "/app",
                "getSessionCookieConfig",
                cookie,
                "getEffectiveSessionTrackingModes",
                Set.of(SessionTrackingMode.COOKIE),
                "getSessionTimeout",
                30,
                "getServletRegistrations",
                Map.of(),
                "getFilterRegistration",
                registration(),
                "getFilterRegistrations",
                Map.of("the-filter", registration()),
                "getResourceAsStream",
                new ByteArrayInputStream(descriptor.getBytes(StandardCharsets.UTF_8)),
                "getClassLoader",
                OidcFilterTest.class.getClassLoader(),
                "setAttribute",
                ""));
        answers.put("getAttribute", "of nobody");
        return Fake.of(ServletContext.class, answers);
    }

    private FilterRegistration registration() {
        return Fake.of(
                FilterRegistration.class,
                Map.of(
                        "getClassName",
                        OidcFilter.class.getName(),
                        "getUrlPatternMappings",
                        patterns,
                        "getServletNameMappings",
                        Set.of()));
    }

    private void send(Exchange sent) throws IOException, ServletException {
        passedOn = null;
        filter.doFilter(sent.request(), sent.response(), (request, response) -> {
            passedOn = (HttpServletRequest) request;
            passedOnToTheApplication++;
            application.doFilter(request, response);
        });
    }

    private HttpServletRequest passedOn() {
        var request = passedOn;
        if (request == null) {
            throw new AssertionError("the application was not asked");
        }
        return request;
    }

    private static void logIn(Exchange exchange, String subject) {
        var now = Instant.now();
        var session = new OidcSession(
                new OidcSession.Identity(ISSUER, subject, Optional.empty(), subject, Set.of("user")),
                new OidcSession.Tokens(
                        Secret.of("not looked at"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new OidcSession.Validity(now, Optional.empty(), Optional.empty(), false)),
                new OidcSession.Authentication(Optional.empty(), Optional.empty()),
                new OidcSession.Times(now, now, now.plusSeconds(3600)));
        exchange.session = Fake.of(HttpSession.class, (method, arguments) -> switch (method) {
            case "getAttribute" ->
                String.valueOf(arguments[0]).startsWith(HttpSessionHandle.PREFIX)
                        ? new StoredSession(session, new SessionIndex())
                        : null;
            case "getId" -> SESSION_ID;
            case "getAttributeNames" -> Collections.emptyEnumeration();
            case "invalidate" -> {
                exchange.session = null;
                yield null;
            }
            default -> throw new AssertionError("nobody expected " + method);
        });
    }

    private static @Nullable String subject(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Caller caller ? caller.subject() : null;
    }

    @Test
    void sendsAPersonWhoIsNotLoggedInToTheProvider() throws Exception {
        init();
        send(exchange);
        assertNull(passedOn);
        assertTrue(exchange.calls.contains("setStatus 302"));
        assertTrue(exchange.header("Location").startsWith(ISSUER + "/authorize?"), exchange.header("Location"));
        assertTrue(exchange.header("Set-Cookie").contains("HttpOnly"), exchange.header("Set-Cookie"));
    }

    @Test
    void passesOnARequestForAPublicPageAsNobodys() throws Exception {
        init();
        send(exchange.path("/public/page"));
        assertNull(passedOn().getUserPrincipal());
        assertEquals(Set.of(CurrentLogin.ATTRIBUTE), exchange.attributes.keySet());
        assertEquals(List.of(), exchange.calls);
    }

    @Test
    void passesOnARequestAsTheCallers() throws Exception {
        init();
        logIn(exchange, "alice");
        send(exchange);
        assertEquals("alice", subject(passedOn()));
        assertSame(passedOn().getUserPrincipal(), exchange.attributes.get(Caller.ATTRIBUTE));
        assertTrue(exchange.headers.containsKey("Cache-Control"));
    }

    private static final LoginRequirement STRONG = new LoginRequirement(List.of("mfa"), Optional.empty());

    /** What came of what the application demands. */
    private final List<Boolean> passed = new ArrayList<>();

    private void demanding(LoginRequirement... requirements) {
        application = (request, response) -> {
            for (var requirement : requirements) {
                passed.add(CurrentLogin.require(passedOn(), exchange.response(), requirement));
            }
        };
    }

    @Test
    void theApplicationDemandsALoginOfAPublicPage() throws Exception {
        init();
        demanding(LoginRequirement.NONE);
        send(exchange.path("/public/page"));
        assertEquals(List.of(false), passed);
        assertTrue(exchange.header("Location").startsWith(ISSUER + "/authorize?"), exchange.header("Location"));
        assertNull(passedOn().getUserPrincipal());
    }

    @Test
    void theApplicationDemandsMoreThanTheLoginOfTheCaller() throws Exception {
        init();
        logIn(exchange, "alice");
        demanding(LoginRequirement.NONE, STRONG);
        send(exchange);
        assertEquals(List.of(true, false), passed);
        assertTrue(exchange.header("Location").contains("&acr_values=mfa"), exchange.header("Location"));
    }

    @Test
    void whoIsFoundByADemandIsTheCallerFromThenOn() throws Exception {
        init();
        application = (request, response) -> {
            logIn(exchange, "alice");
            passed.add(CurrentLogin.require(passedOn(), exchange.response(), LoginRequirement.NONE));
        };
        send(exchange.path("/public/page"));
        assertEquals(List.of(true), passed);
        assertEquals("alice", subject(passedOn()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ASYNC", "ERROR"})
    void aLoginThatIsDemandedInARequestThatIsDispatchedAgainIsNotBegun(DispatcherType again) throws Exception {
        init();
        logIn(exchange, "alice");
        send(exchange);
        demanding(LoginRequirement.NONE, STRONG);
        send(exchange.with("getDispatcherType", again));
        assertEquals(List.of(true, false), passed);
        assertTrue(exchange.calls.contains("setStatus 401"), exchange.calls.toString());
    }

    @Test
    void aLoginThatIsDemandedInAnotherThreadIsNotBegun() throws Exception {
        init();
        logIn(exchange, "alice");
        demanding(LoginRequirement.NONE, STRONG);
        var answering = application;
        application = (request, response) -> {
            var thread = new Thread(() -> assertDoesNotThrow(() -> answering.doFilter(request, response)));
            thread.start();
            assertDoesNotThrow(() -> thread.join(20_000));
        };
        send(exchange);
        assertEquals(List.of(true, false), passed);
        assertTrue(exchange.calls.contains("setStatus 401"), exchange.calls.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"ASYNC", "ERROR"})
    void theCallerOfARequestThatIsDispatchedAgainIsWhoItWas(DispatcherType again) throws Exception {
        init();
        logIn(exchange, "alice");
        send(exchange);
        exchange.headers.clear();
        logIn(exchange, "bob");
        send(exchange.with("getDispatcherType", again));
        assertEquals("alice", subject(passedOn()));
        assertEquals("no-store", exchange.header("Cache-Control"));
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST", "FORWARD", "INCLUDE"})
    void aRequestIsDecidedAnewUnlessItIsDispatchedAgain(DispatcherType type) throws Exception {
        init();
        logIn(exchange, "alice");
        send(exchange);
        logIn(exchange, "bob");
        send(exchange.with("getDispatcherType", type));
        assertEquals("bob", subject(passedOn()));
    }

    @Test
    void anErrorPageThatSaysHowLongItKeepsIsLeftAlone() throws Exception {
        init();
        logIn(exchange, "alice");
        send(exchange);
        exchange.headers.put("Cache-Control", List.of("private"));
        send(exchange.with("getDispatcherType", DispatcherType.ERROR));
        assertEquals("private", exchange.header("Cache-Control"));
        exchange.headers.clear();
        exchange.committed = true;
        send(exchange);
        assertEquals(Map.of(), exchange.headers);
        assertEquals("alice", subject(passedOn()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ASYNC", "ERROR"})
    void anErrorPageIsNeverRepliedToWithALogin(DispatcherType again) throws Exception {
        init();
        send(exchange.with("getDispatcherType", again));
        assertNull(passedOn().getUserPrincipal());
        assertEquals(List.of(), exchange.calls);
        assertFalse(passedOn().authenticate(exchange.response()));
        assertEquals(List.of(), exchange.calls);
        logIn(exchange, "alice");
        send(exchange);
        assertEquals("alice", subject(passedOn()));
    }

    @Test
    void aLoginThatTheApplicationAsksForIsAReply() throws Exception {
        init();
        send(exchange.path("/public/page"));
        assertFalse(passedOn().authenticate(exchange.response()));
        assertTrue(exchange.calls.contains("setStatus 302"));
        assertTrue(exchange.header("Location").startsWith(ISSUER + "/authorize?"));
    }

    @Test
    void whoHasLoggedInMeanwhileIsFoundWhenTheApplicationAsks() throws Exception {
        init();
        send(exchange.path("/public/page"));
        logIn(exchange, "alice");
        assertTrue(passedOn().authenticate(exchange.response()));
        assertEquals("alice", subject(passedOn()));
        assertSame(passedOn().getUserPrincipal(), exchange.attributes.get(Caller.ATTRIBUTE));
        assertEquals(List.of(), exchange.calls);
    }

    @Test
    void aLogoutEndsTheSessionAndForgetsTheCaller() throws Exception {
        init();
        logIn(exchange, "alice");
        send(exchange);
        passedOn().logout();
        assertNull(passedOn().getUserPrincipal());
        assertNull(exchange.session);
        assertEquals(Set.of(CurrentLogin.ATTRIBUTE), exchange.attributes.keySet());
    }

    @Test
    void twoFiltersOfOneApplicationDoNotTakeEachOthersCallers() throws Exception {
        init();
        logIn(exchange, "alice");
        send(exchange);
        var other = new OidcFilterTest();
        other.settings.put("oidc.client-id", "other");
        other.init();
        exchange.session = null;
        other.send(exchange.with("getDispatcherType", DispatcherType.ERROR));
        assertNull(other.passedOn().getUserPrincipal());
        other.filter.destroy();
    }

    @Test
    void announcesTheAddressesToRegisterOnceForEachOfAFewSites() throws Exception {
        init();
        for (var host : List.of("one.example", "one.example", "two.example", "three.example", "four.example")) {
            send(new Exchange().with("getServerName", host));
        }
        assertEquals(List.of("one", "two", "three"), announced());
    }

    @Test
    void announcesNothingForAVisitorWhoIsNotSentToTheProvider() throws Exception {
        init();
        send(exchange.path("/public/page"));
        var script = new Exchange();
        script.requestHeaders.put("accept", "application/json");
        send(script);
        assertTrue(script.calls.contains("setStatus 401"));
        assertEquals(List.of(), announced());
    }

    @Test
    void announcesNothingThatTheConfigurationSays() throws Exception {
        settings.put("oidc.external-url", "https://known.example/app");
        init();
        assertEquals(List.of("known"), announced());
        send(exchange);
        assertEquals(List.of("known"), announced());
    }

    /** The hosts whose redirect URI the log has shown. */
    private List<String> announced() {
        return log.stream()
                .flatMap(line -> CALLBACK.matcher(line).results())
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    @Tag("SE-22")
    void noLineOfTheLogHoldsTheIdOfASession() throws Exception {
        LOG.setLevel(Level.ALL);
        settings.put("oidc.path-rules", "/admin/*=admin");
        init();
        for (var path : List.of("/page", "/admin/x", "/oidc/callback", "/oidc/user", "/oidc/logout", "/public/page")) {
            var answered = new Exchange().path(path);
            logIn(answered, "alice");
            send(answered.with("getRequestURI", "/app" + path + ";jsessionid=" + SESSION_ID));
            assertFalse(answered.headers.toString().contains(SESSION_ID), path);
            assertFalse(answered.body.toString(StandardCharsets.UTF_8).contains(SESSION_ID), path);
        }
        LOG.setLevel(null);
        assertTrue(log.stream().anyMatch(line -> line.contains("forbidden")), log.toString());
        assertFalse(log.toString().contains(SESSION_ID), log.toString());
    }

    @Test
    @Tag("DS-01")
    void tenThousandStrangersGetNoSessionOfTheContainer() throws Exception {
        init();
        for (var i = 0; i < 10_000; i++) {
            var stranger = new Exchange().path(i % 3 == 0 ? "/public/page" : i % 3 == 1 ? "/page" : "/oidc/user");
            send(stranger);
            assertNull(stranger.session, "and nobody asked for one");
        }
        assertEquals(10_000 / 3 + 1, passedOnToTheApplication);
    }

    @Test
    @Tag("CF-05")
    void theSecretIsInNoLineOfTheStart(@TempDir Path folder) throws Exception {
        var secret = settings.getOrDefault("oidc.client-secret", "");
        var file = Files.writeString(folder.resolve("secret"), secret);
        LOG.setLevel(Level.ALL);
        init();
        settings.put("oidc.client-secret", "${the.secret:" + secret + "}");
        init();
        settings.remove("oidc.client-secret");
        settings.put("oidc.client-secret-file", file.toString());
        init();
        settings.put("oidc.client-secret", secret);
        var failure = assertThrows(ConfigurationException.class, this::init, "two secrets");
        LOG.setLevel(null);
        assertFalse(log.isEmpty());
        assertFalse(log.toString().contains(secret), log.toString());
        assertFalse(String.valueOf(failure.getMessage()).contains(secret), failure.getMessage());
    }

    @Test
    void introducesItselfAndNamesWhatIsWeak() {
        settings.put("oidc.client-secret", "short");
        sameSite = "None";
        init();
        assertTrue(log.get(0).contains("'the-filter' is ready"), log.get(0));
        assertTrue(log.stream().anyMatch(line -> line.contains("SameSite=Lax")), log.toString());
    }

    @Test
    void namesConstraintsOfTheContainerWhichLetNobodyThrough() {
        descriptor = "<web-app><security-constraint><web-resource-collection><url-pattern>/orders/*</url-pattern>"
                + "</web-resource-collection><auth-constraint><role-name>clerk</role-name></auth-constraint>"
                + "</security-constraint></web-app>";
        init();
        assertTrue(log.stream().anyMatch(line -> line.contains("demands roles for /orders/*")), log.toString());
    }

    /** A filter before ours rewrites: the container shows us the forward if we are mapped for FORWARD. */
    @Test
    @Tag("PB-20")
    void whatIsForwardedIsDecidedOnAnewWhereItIsMappedForThat() throws Exception {
        init();
        send(exchange.path("/public/x"));
        assertEquals(1, passedOnToTheApplication);
        send(exchange.path("/secure/x").with("getDispatcherType", DispatcherType.FORWARD));
        assertEquals(1, passedOnToTheApplication);
        assertTrue(exchange.header("Location").startsWith(ISSUER + "/authorize"), exchange.header("Location"));
    }

    @Test
    @Tag("PB-26")
    void namesWhatItIsNotMappedTo() {
        patterns = Set.of("/oidc/*", "/orders/*");
        init();
        assertTrue(log.stream().anyMatch(line -> line.contains("no OIDC filter is mapped to /*")), log.toString());
    }

    @Test
    @Tag("PB-26")
    void doesNotStartWhereNoLoginComesBackToIt() {
        patterns = Set.of("/");
        var failure = assertThrows(ConfigurationException.class, this::init);
        assertTrue(String.valueOf(failure.getMessage()).contains("add <url-pattern>/oidc/*"), failure.getMessage());
        assertEquals(List.of(), log);
    }

    @Test
    void doesNotStartWithAWrongConfiguration() {
        settings.put("oidc.isuer", ISSUER);
        assertThrows(ConfigurationException.class, this::init);
    }

    @Test
    void doesNotStartWhereTheContainerIsToDecide() {
        settings.remove("oidc.public-paths");
        settings.put("oidc.container-security", "true");
        var failure = assertThrows(ConfigurationException.class, this::init);
        assertTrue(String.valueOf(failure.getMessage()).contains("remove one of them"), failure.getMessage());
        assertEquals(List.of(), log);
    }

    @Test
    void doesNotStartWhereLoginsWouldLoop() {
        sameSite = "Strict";
        assertThrows(ConfigurationException.class, this::init);
        assertEquals(List.of(), log);
    }

    @Test
    void handlesHttpOnly() {
        init();
        var request = Fake.of(ServletRequest.class, Map.of());
        var response = Fake.of(ServletResponse.class, Map.of());
        assertThrows(ServletException.class, () -> filter.doFilter(request, exchange.response(), (some, other) -> {}));
        assertThrows(ServletException.class, () -> filter.doFilter(exchange.request(), response, (some, other) -> {}));
    }

    @Test
    void letsNothingThroughBeforeItIsInitialized() {
        assertThrows(NullPointerException.class, () -> send(exchange.path("/public/page")));
        assertNull(passedOn);
        filter.destroy();
    }

    private static final class Recorder extends Handler {
        private final List<String> lines;

        Recorder(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void publish(LogRecord message) {
            lines.add(message.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
