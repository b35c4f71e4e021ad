// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import org.apache.catalina.authenticator.jaspic.MessageInfoImpl;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.servlet.ContainerExchange;
import org.oidcfilter.servlet.ContainerRequest;
import org.oidcfilter.servlet.Exchange;
import org.oidcfilter.servlet.Fake;
import org.oidcfilter.servlet.ResponseCookies;
import org.oidcfilter.servlet.ServletRelyingParty;

/** What the module does with requests of strangers; who is logged in is tested on Tomcat itself. */
class OidcAuthModuleTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "oidc.issuer", "https://id.example",
            "oidc.client-id", "shop",
            "oidc.client-secret", "a-client-secret-of-more-than-32-characters",
            "oidc.discovery", "false",
            "oidc.authorization-endpoint", "https://id.example/authorize",
            "oidc.token-endpoint", "https://id.example/token",
            "oidc.jwks-uri", "https://id.example/jwks",
            "oidc.container-security", "true");

    private final Exchange exchange = new Exchange();
    private final HttpServletRequest request = exchange.request();
    private final Subject client = new Subject();
    private final List<Callback> told = new ArrayList<>();
    private final ServletRelyingParty party = party();
    private final OidcAuthModule module = new OidcAuthModule(party);

    OidcAuthModuleTest() {
        module.initialize(null, null, callbacks -> told.addAll(List.of(callbacks)), null);
        exchange.with("isAsyncStarted", false);
    }

    @AfterEach
    void close() {
        party.close();
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
    }

    private static ServletRelyingParty party() {
        var cookie =
                Fake.of(SessionCookieConfig.class, Map.of("getAttribute", "Lax", "isHttpOnly", true, "isSecure", true));
        var context = Fake.of(
                ServletContext.class,
                Map.of(
                        "getContextPath",
                        "/app",
                        "getSessionCookieConfig",
                        cookie,
                        "getEffectiveSessionTrackingModes",
                        Set.of(SessionTrackingMode.COOKIE),
                        "getSessionTimeout",
                        30));
        return ServletRelyingParty.start(
                context, OidcConfig.load(ConfigProvider.getConfig(), SETTINGS), introduction -> "ready");
    }

    private MessageInfo message(boolean mandatory) {
        return new MessageInfoImpl(request, exchange.response(), mandatory);
    }

    private AuthStatus validated(MessageInfo message) throws AuthException {
        return module.validateRequest(message, client, null);
    }

    @Test
    void letsStrangersPassAsNobodyWhereNothingIsConstrained() throws AuthException {
        var message = message(false);
        assertEquals(AuthStatus.SUCCESS, validated(message));
        assertEquals(1, told.size());
        var nobody = assertInstanceOf(CallerPrincipalCallback.class, told.get(0));
        assertNull(nobody.getPrincipal());
        assertNull(nobody.getName());
        assertEquals(List.of(), exchange.calls);
        assertEquals(AuthStatus.SEND_SUCCESS, module.secureResponse(message, null));
    }

    @Test
    void sendsStrangersToTheProviderWhereALoginIsNeeded() throws AuthException {
        var message = message(true);
        assertEquals(AuthStatus.SEND_CONTINUE, validated(message));
        assertEquals(List.of(), told);
        assertTrue(exchange.calls.contains("setStatus 302"));
        assertTrue(exchange.header("Location").startsWith("https://id.example/authorize?"));
        assertSame(request, message.getRequestMessage());
    }

    @Test
    void answersAtOurOwnPathsWhetherConstrainedOrNot() throws AuthException {
        exchange.path("/oidc/user");
        for (var mandatory : List.of(true, false)) {
            exchange.calls.clear();
            assertEquals(AuthStatus.SEND_CONTINUE, validated(message(mandatory)));
            assertTrue(exchange.calls.contains("setStatus 401"), exchange.calls::toString);
        }
    }

    @Test
    @Tag("RC-17")
    void whoAsksInTheMiddleOfARequestWantsALogin() throws AuthException {
        var message = message(false);
        assertEquals(AuthStatus.SUCCESS, validated(message));
        assertFalse(exchange.calls.contains("setStatus 302"));
        assertEquals(AuthStatus.SEND_CONTINUE, validated(message(true)));
        assertTrue(exchange.calls.contains("setStatus 302"));
    }

    @Test
    void neverAnswersInPlaceOfAnAsynchronousDispatch() throws AuthException {
        exchange.with("getDispatcherType", DispatcherType.ASYNC);
        assertEquals(AuthStatus.SUCCESS, validated(message(true)));
        assertNull(assertInstanceOf(CallerPrincipalCallback.class, told.get(0)).getPrincipal());
        assertEquals(List.of(), exchange.calls);
    }

    @Test
    @Tag("RC-17")
    void theApplicationSeesARequestThatRefusesPasswords() throws AuthException {
        var message = message(false);
        assertEquals(AuthStatus.SUCCESS, validated(message));
        var seen = assertInstanceOf(ContainerRequest.class, message.getRequestMessage());
        assertThrows(ServletException.class, () -> seen.login("alice", "secret"));
    }

    @Test
    void aRequestThatIsOverBeginsAnewAndIsWrappedOnce() throws AuthException {
        var message = message(false);
        assertEquals(AuthStatus.SUCCESS, validated(message));
        ContainerExchange.end(request);
        var next = new MessageInfoImpl((HttpServletRequest) message.getRequestMessage(), exchange.response(), false);
        assertEquals(AuthStatus.SUCCESS, validated(next));
        assertSame(message.getRequestMessage(), next.getRequestMessage());
    }

    @Test
    void whoAsksInAnotherThreadLeavesTheAnswerToTheOneThatHasIt() throws Exception {
        assertEquals(AuthStatus.SUCCESS, validated(message(false)));
        var first = attributeOfCookies();
        var asked = new FutureTask<>(() -> validated(message(false)));
        var thread = new Thread(asked);
        thread.start();
        assertEquals(AuthStatus.SUCCESS, asked.get(20, TimeUnit.SECONDS));
        assertSame(first, attributeOfCookies());
        assertTrue(first.isOpen());
        ContainerExchange.end(request);
        assertFalse(first.isOpen());
    }

    private ResponseCookies attributeOfCookies() {
        return assertInstanceOf(ResponseCookies.class, request.getAttribute("org.oidcfilter.cookies"));
    }

    @Test
    void whatFailsLeavesNothingOpen() {
        exchange.path("/oidc/backchannel-logout")
                .with("getMethod", "POST")
                .with("getContentType", "application/x-www-form-urlencoded")
                .with("getInputStream", new BrokenStream());
        assertThrows(AuthException.class, () -> validated(message(false)));
        assertNull(request.getAttribute("org.oidcfilter.cookies"));
    }

    @Test
    void aRequestThatCannotBeReadIsRefused() {
        exchange.path("/oidc/backchannel-logout")
                .with("getMethod", "POST")
                .with("getContentType", "application/x-www-form-urlencoded")
                .with("getInputStream", new BrokenStream());
        assertThrows(AuthException.class, () -> validated(message(false)));
        assertEquals(List.of(), told);
    }

    @Test
    void whateverElseGoesWrongIsForTheContainerToRefuse() {
        assertThrows(RuntimeException.class, () -> validated(new MessageInfoImpl(broken(), exchange.response(), true)));
        assertEquals(List.of(), told);
    }

    private static HttpServletRequest broken() {
        return Fake.of(HttpServletRequest.class, (method, arguments) -> {
            throw new IllegalStateException("broken");
        });
    }

    /** What is left of a browser that has gone. */
    private static final class BrokenStream extends ServletInputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the browser has gone");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new AssertionError("nobody expected a listener");
        }
    }
}
