// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest.Declared;
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Reason;

class ServletOidcRequestTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final ServletContext CONTEXT = Fake.of(ServletContext.class, Map.of("getContextPath", "/app"));
    private static final ServletOidcRequest.Application APPLICATION = new ServletOidcRequest.Application(
            new DeclaredAccess(CONTEXT), new HttpSessionHandle.Place("session", new SessionIndex()));

    private final Exchange exchange = new Exchange().context(CONTEXT);

    private ServletOidcRequest view() {
        return view(exchange.request());
    }

    private static ServletOidcRequest view(HttpServletRequest request) {
        return new ServletOidcRequest(
                request,
                Demand.CHALLENGE,
                APPLICATION,
                new ResponseCookies(Fake.of(HttpServletResponse.class, Map.of())));
    }

    @Test
    void aFormThatTheApplicationReadsByAReaderCannotBeRead() {
        var request = new HttpServletRequestWrapper(exchange.request()) {
            @Override
            public ServletInputStream getInputStream() {
                throw new IllegalStateException("getReader has been called");
            }
        };
        exchange.with("getContentType", "application/x-www-form-urlencoded");
        assertThrows(InvalidResponseException.class, () -> view(request).form(5));
    }

    @Test
    void whatTheApplicationDemandsOfALoginIsSeen() {
        var mfa = new LoginRequirement(List.of("mfa"), Optional.empty());
        assertEquals(Optional.empty(), view().required());
        assertEquals(Optional.of(mfa), view().requiring(mfa).required());
    }

    @Test
    void showsTheRequestAsItIs() {
        exchange.with("getMethod", "pUt").with("getQueryString", "a=%20b").with("getRequestURI", "/app/p;v=1/%C3%A9");
        exchange.requestHeaders.put("x-one", "1");
        var view = view();
        assertEquals("pUt", view.method());
        assertEquals(Optional.of("a=%20b"), view.query());
        assertEquals("/app/p;v=1/%C3%A9", view.rawPath());
        assertEquals(Optional.of("1"), view.header("X-One"));
        assertEquals(Optional.empty(), view.header("X-Two"));
        assertEquals(Demand.CHALLENGE, view.demand());
        assertEquals(new Declared.Nothing(), view.declared());
        assertEquals(Optional.empty(), view.session().load());
        assertEquals(Optional.empty(), view(new Exchange().request()).query());
    }

    @ParameterizedTest
    @CsvSource({
        "https, shop.example, 443, https://shop.example",
        "HTTPS, shop.example, 443, https://shop.example",
        "http, shop.example, 80, http://shop.example",
        "http, shop.example, 443, http://shop.example:443",
        "https, shop.example, 80, https://shop.example:80",
        "https, shop.example, 8443, https://shop.example:8443",
        "https, shop.example, 1, https://shop.example:1",
        "https, shop.example, 0, https://shop.example",
        "https, shop.example, -1, https://shop.example",
        "http, ::1, 8080, http://[::1]:8080",
        "http, [::1], 8080, http://[::1]:8080",
        "http, 127.0.0.1, 8080, http://127.0.0.1:8080"
    })
    void tellsTheOriginWithoutAStandardPort(String scheme, String name, int port, String origin) {
        exchange.with("getScheme", scheme).with("getServerName", name).with("getServerPort", port);
        assertEquals(origin, view().origin());
    }

    @ParameterizedTest
    @Tag("RD-10")
    @ValueSource(
            strings = {"", "a b", "evil.example/@shop", "a,b", "a%2eb", "a@b", "a?b", "[::1", "a:b]c", "h\u00f6st"})
    void neverPutsAHostThatIsNoneIntoAnOrigin(String name) {
        assertEquals(
                "https://invalid.invalid",
                view(exchange.with("getServerName", name).request()).origin());
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "/app, /app", "/a.b/c, /a.b/c", "/caf%C3%A9, /caf%C3%A9", "/~me_-, /~me_-"})
    void takesTheContextPathAsTheBrowserWroteIt(String sent, String expected) {
        assertEquals(
                expected, view(exchange.with("getContextPath", sent).request()).contextPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app;x=1", "//app", "/./app", "/../app", "app", "/app/", "/a b", "/a\\b", "/"})
    void takesTheContextPathOfTheContainerWhereTheBrowserWroteItOddly(String sent) {
        assertEquals(
                "/app", view(exchange.with("getContextPath", sent).request()).contextPath());
    }

    @Test
    void joinsThePathOfTheServletAndWhatFollows() {
        assertEquals("/servlet/info", path("/servlet", "/info"));
        assertEquals("/servlet", path("/servlet", null));
        assertEquals("/info", path("", "/info"));
        assertEquals("/", path("", null));
    }

    private String path(String servlet, @Nullable String info) {
        return view(exchange.with("getServletPath", servlet)
                        .with("getPathInfo", info)
                        .request())
                .path();
    }

    @Test
    void showsCookiesInTheirOrderAndThoseOfOneNameTwice() {
        assertEquals(List.of(), view().cookies());
        exchange.with("getCookies", new Cookie[] {
            new Cookie("b", "1"), new Cookie("a", "2"), new Cookie("b", "3"), new Cookie("nothing", null), null
        });
        assertEquals(List.of(Map.entry("b", "1"), Map.entry("a", "2"), Map.entry("b", "3")), view().cookies());
    }

    @ParameterizedTest
    @ValueSource(strings = {FORM, FORM + ";charset=UTF-8", "Application/X-WWW-Form-URLEncoded ; charset=x"})
    void readsAFormAsItCame(String type) throws IOException {
        exchange.body("code=%C3%A9&x=\u00e9".getBytes(StandardCharsets.ISO_8859_1), type);
        assertEquals("code=%C3%A9&x=\u00e9", view().form(100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/json", FORM + "x", "multipart/form-data; boundary=" + FORM})
    void readsNoBodyOfAnotherType(String type) {
        exchange.body("code=x".getBytes(StandardCharsets.US_ASCII), type);
        refuse(Reason.RESPONSE_MALFORMED, 100);
    }

    @Test
    void readsNoBodyOfNoType() {
        exchange.body("code=x".getBytes(StandardCharsets.US_ASCII), null);
        refuse(Reason.RESPONSE_MALFORMED, 100);
    }

    @Test
    @Tag("DS-07")
    void readsAsMuchAsIsAllowedAndNotAByteMore() throws IOException {
        exchange.body("12345".getBytes(StandardCharsets.US_ASCII), FORM);
        assertEquals("12345", view().form(5));
        exchange.body("123456".getBytes(StandardCharsets.US_ASCII), FORM);
        refuse(Reason.TOO_LARGE, 5);
    }

    @Test
    void noticesThatAnotherFilterHasReadTheForm() throws IOException {
        exchange.body(new byte[0], FORM);
        assertEquals("", view().form(5));
        exchange.with("getContentLengthLong", 7L);
        refuse(Reason.RESPONSE_MALFORMED, 5);
        exchange.with("getContentLengthLong", -1L);
        assertEquals("", view().form(5));
    }

    private void refuse(Reason reason, int maxBytes) {
        var refusal = assertThrows(InvalidResponseException.class, () -> view().form(maxBytes));
        assertEquals(reason, refusal.reason());
    }
}
