// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.ApplicationSession;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Reason;
import org.oidcfilter.SessionHandle;
import org.oidcfilter.SetCookie;

/** A servlet request as the relying party sees it. Reads nothing that it is not asked for. */
final class ServletOidcRequest implements OidcRequest {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

    /** Some containers hand out what the browser sent, path parameters and all. */
    private static final Pattern CONTEXT = Pattern.compile("(?:/[A-Za-z0-9_~%-][A-Za-z0-9._~%-]*)*+");

    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpServletRequest request;
    private final Demand demand;
    private final DeclaredAccess declaredAccess;
    private final HttpSessionHandle.Place place;
    private final ResponseCookies responseCookies;
    private final SessionHandle session;
    private final Optional<LoginRequirement> demanded;
    private @Nullable String path;

    /**
     * What is the same for all requests.
     *
     * @param place where the container's sessions keep ours
     */
    record Application(DeclaredAccess declaredAccess, HttpSessionHandle.Place place) {}

    ServletOidcRequest(
            HttpServletRequest request, Demand demand, Application application, ResponseCookies responseCookies) {
        this.request = request;
        this.demand = demand;
        this.declaredAccess = application.declaredAccess();
        this.place = application.place();
        this.responseCookies = responseCookies;
        this.session = new HttpSessionHandle(request, place);
        this.demanded = Optional.empty();
    }

    private ServletOidcRequest(ServletOidcRequest other, LoginRequirement demanded) {
        this.request = other.request;
        this.demand = other.demand;
        this.declaredAccess = other.declaredAccess;
        this.place = other.place;
        this.responseCookies = other.responseCookies;
        this.session = other.session;
        this.demanded = Optional.of(demanded);
    }

    /** The same, with a login that the application demands besides. */
    ServletOidcRequest requiring(LoginRequirement requirement) {
        return new ServletOidcRequest(this, requirement);
    }

    @Override
    public Demand demand() {
        return demand;
    }

    @Override
    public Declared declared() {
        return declaredAccess.of(request);
    }

    @Override
    public Optional<LoginRequirement> required() {
        var declared = declaredAccess.login(request);
        return demanded.isPresent() && declared.isPresent()
                ? Optional.of(declared.get().and(demanded.get()))
                : demanded.or(() -> declared);
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String origin() {
        var scheme = request.getScheme().toLowerCase(Locale.ROOT);
        var port = request.getServerPort();
        var standard = port <= 0 || port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host() + (standard ? "" : ":" + port);
    }

    @Override
    public String contextPath() {
        var asSent = request.getContextPath();
        return asSent.isEmpty() || CONTEXT.matcher(asSent).matches()
                ? asSent
                : request.getServletContext().getContextPath();
    }

    @Override
    public String path() {
        var known = path;
        if (known == null) {
            var info = request.getPathInfo();
            var joined = info == null ? request.getServletPath() : joined(request.getServletPath(), info);
            known = joined.isEmpty() ? "/" : joined;
            path = known;
        }
        return known;
    }

    /** At the root of a host most paths come as they are sent, so that nothing has to be joined. */
    private String joined(String servletPath, String info) {
        var raw = rawPath();
        var same = raw.length() == servletPath.length() + info.length()
                && raw.startsWith(servletPath)
                && raw.endsWith(info);
        return same ? raw : servletPath + info;
    }

    @Override
    public String rawPath() {
        return request.getRequestURI();
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.getQueryString());
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    @Override
    public List<Map.Entry<String, String>> cookies() {
        @Nullable Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return List.of();
        }
        var pairs = new ArrayList<Map.Entry<String, String>>(cookies.length);
        for (var cookie : cookies) {
            if (cookie != null && cookie.getValue() != null) {
                pairs.add(Map.entry(cookie.getName(), cookie.getValue()));
            }
        }
        return pairs;
    }

    @Override
    public String form(int maxBytes) throws IOException {
        if (!mediaType().equals(FORM)) {
            throw new InvalidResponseException(Reason.RESPONSE_MALFORMED, "a POST to our endpoints must be " + FORM);
        }
        var bytes = body().readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new InvalidResponseException(Reason.TOO_LARGE, "the form has more than " + maxBytes + " bytes");
        }
        if (bytes.length == 0 && request.getContentLengthLong() > 0) {
            throw new InvalidResponseException(
                    Reason.RESPONSE_MALFORMED, "another filter has read the form before: map the OIDC filter first");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private InputStream body() throws IOException {
        try {
            return request.getInputStream();
        } catch (IllegalStateException e) {
            throw new InvalidResponseException(Reason.RESPONSE_MALFORMED, "somebody reads the form by a reader", e);
        }
    }

    @Override
    public SessionHandle session() {
        return session;
    }

    @Override
    public ApplicationSession applicationSession() {
        return new HttpApplicationSession(request, place.attribute(), responseCookies);
    }

    @Override
    public void setCookie(SetCookie cookie) {
        responseCookies.set(cookie);
    }

    /** A host that is none cannot be trusted to be this machine, nor be put into an address. */
    private String host() {
        var name = request.getServerName();
        var host = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        return HOST.matcher(host).matches() ? host : "invalid.invalid";
    }

    private String mediaType() {
        var type = request.getContentType();
        var end = type == null ? -1 : type.indexOf(';');
        return type == null
                ? ""
                : type.substring(0, end < 0 ? type.length() : end).strip().toLowerCase(Locale.ROOT);
    }
}
