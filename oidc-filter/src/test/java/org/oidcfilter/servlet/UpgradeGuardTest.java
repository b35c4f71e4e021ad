// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.ConfigurationException;

/** On Jetty itself: {@code WebSocketIT}. */
class UpgradeGuardTest {
    private static final String JETTYS = "org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter";

    private final Map<String, FilterRegistration> registrations = new TreeMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final List<Filter> added = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Exchange exchange = new Exchange();

    private void start() {
        var context = Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
            case "getFilterRegistrations" -> registrations;
            case "addFilter" -> names.add(String.valueOf(arguments[0])) ? added((Filter) arguments[1]) : null;
            case "getAttribute" -> attributes.get(String.valueOf(arguments[0]));
            case "setAttribute" -> attributes.put(String.valueOf(arguments[0]), arguments[1]);
            case "getServerInfo" -> "jetty/12.1.10";
            default -> throw new AssertionError("nobody expected " + method);
        });
        new UpgradeGuard().contextInitialized(new ServletContextEvent(context));
        UpgradeGuard.ready(context, "oidc", (request, response, chain) -> asked.add("oidc"));
        exchange.context(context);
    }

    private FilterRegistration.Dynamic added(Filter filter) {
        added.add(filter);
        return Fake.of(FilterRegistration.Dynamic.class, (method, arguments) -> {
            calls.add(method + " " + arguments[0]
                    + (arguments.length > 2 ? " " + arguments[1] + " " + List.of((String[]) arguments[2]) : ""));
            return null;
        });
    }

    private void register(String name, String className, String... patterns) {
        registrations.put(
                name,
                Fake.of(
                        FilterRegistration.class,
                        Map.of(
                                "getName",
                                name,
                                "getClassName",
                                className,
                                "getUrlPatternMappings",
                                List.of(patterns))));
    }

    private List<String> send() throws Exception {
        asked.clear();
        added.get(0).doFilter(exchange.request(), exchange.response(), (request, response) -> asked.add("next"));
        return asked;
    }

    @Test
    void comesFirstWhereJettyDoesAtThePathsOfTheFilter() {
        register(JETTYS, JETTYS, "/*");
        register("oidc", OidcFilter.class.getName(), "/app/*", "/api/*");
        start();
        assertEquals(
                Set.of("setAsyncSupported true", "addMappingForUrlPatterns [REQUEST] false [/app/*, /api/*]"),
                Set.copyOf(calls));
    }

    @Test
    void isNotThereOnOtherContainersOrWithoutTheFilter() {
        register("Tomcat WebSocket (JSR356) Filter", "org.apache.tomcat.websocket.server.WsFilter", "/*");
        register("oidc", OidcFilter.class.getName(), "/*");
        start();
        registrations.clear();
        register(JETTYS, JETTYS, "/*");
        register("other", "com.example.OidcFilter", "/*");
        start();
        assertEquals(List.of(), added);
    }

    @Test
    void noticesThatNobodyWouldAskUsWhereInitializersAreNotCalled() {
        System.setProperty("oidc.container-security", "true");
        try {
            var refused = assertThrows(ConfigurationException.class, this::start);
            assertTrue(String.valueOf(refused.getMessage()).contains("jetty-web.xml"), refused::getMessage);
            attributes.put("org.oidcfilter.container-security", "jetty");
            start();
            attributes.clear();
            attributes.put("org.oidcfilter.initialized", true);
            start(); // another listener looks, later
        } finally {
            System.clearProperty("oidc.container-security");
        }
    }

    @Test
    void isThereOnceHoweverOftenItIsDeclared() {
        register(JETTYS, JETTYS, "/*");
        register("oidc", OidcFilter.class.getName(), "/*");
        start();
        start();
        assertEquals(1, added.size());
    }

    @Test
    void leavesAFilterAloneThatIsMappedToServletsByName() {
        register(JETTYS, JETTYS, "/*");
        register("oidc", OidcFilter.class.getName());
        start();
        assertEquals(List.of(), added);
    }

    @Test
    void showsTheFilterWhatMayBeUpgradedAndNothingElse() throws Exception {
        register(JETTYS, JETTYS, "/*");
        register("oidc", OidcFilter.class.getName(), "/*");
        start();
        assertEquals(List.of("next"), send());
        exchange.requestHeaders.put("upgrade", "WebSocket");
        assertEquals(List.of("oidc"), send());
        exchange.requestHeaders.clear();
        exchange.with("getMethod", "CONNECT");
        assertEquals(List.of("oidc"), send());
    }

    @Test
    void whatWasShownToTheFilterIsNotShownAgainInItsTurn() throws Exception {
        register(JETTYS, JETTYS, "/*");
        register("oidc", OidcFilter.class.getName(), "/*");
        start();
        UpgradeGuard.ready(
                exchange.request().getServletContext(),
                "oidc",
                (request, response, chain) -> chain.doFilter(request, response));
        exchange.requestHeaders.put("upgrade", "h2c");
        added.get(0).doFilter(exchange.request(), exchange.response(), (request, response) -> {
            assertTrue(comesAgain());
            assertFalse(comesAgain(), "once");
        });
    }

    @Test
    @Tag("PB-20")
    void whatAnotherFilterHasMadeOfARequestTheFilterHasNotSeen() throws Exception {
        register(JETTYS, JETTYS, "/*");
        register("oidc", OidcFilter.class.getName(), "/*");
        start();
        UpgradeGuard.ready(
                exchange.request().getServletContext(),
                "oidc",
                (request, response, chain) -> chain.doFilter(request, response));
        exchange.requestHeaders.put("upgrade", "x");
        List<Runnable> made = List.of(
                () -> exchange.path("/admin"),
                () -> exchange.with("getMethod", "DELETE"),
                () -> exchange.with("getDispatcherType", DispatcherType.FORWARD));
        for (var what : made) {
            exchange.path("/public").with("getMethod", "GET").with("getDispatcherType", DispatcherType.REQUEST);
            added.get(0).doFilter(exchange.request(), exchange.response(), (request, response) -> {
                what.run();
                assertFalse(comesAgain());
            });
        }
    }

    private boolean comesAgain() {
        return UpgradeGuard.comesAgain(exchange.request(), UpgradeGuard.shownAttribute("oidc"));
    }
}
