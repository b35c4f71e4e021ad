// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.protocol.Loopback;
import org.oidcfilter.session.StateCookie;

/**
 * The application as the browser sees it.
 *
 * @param origin scheme, host and port, such as {@code https://shop.example}
 * @param contextPath empty or beginning with a slash
 * @param path the base path of our endpoints, such as {@code /oidc}
 * @param callbacks where the provider sends browsers back to
 */
public record Site(String origin, String contextPath, String path, Callbacks callbacks) {
    /**
     * Where the provider sends browsers back to.
     *
     * @param login after a login, such as {@code /oidc/callback}
     * @param logout after a logout, such as {@code /oidc/logout/callback}
     */
    public record Callbacks(String login, String logout) {}

    /** With the usual callbacks. */
    public Site(String origin, String contextPath, String path) {
        this(origin, contextPath, path, new Callbacks(path + "/callback", path + "/logout/callback"));
    }

    /** The site at an external URL, whose path is the context path. */
    static Site of(URI externalUrl, String path, Callbacks callbacks) {
        var origin = externalUrl.getScheme().toLowerCase(Locale.ROOT) + "://" + externalUrl.getRawAuthority();
        var context = externalUrl.getRawPath();
        return new Site(
                origin, context.endsWith("/") ? context.substring(0, context.length() - 1) : context, path, callbacks);
    }

    /** The address of a page of the application, given its path below the context path. */
    String page(String local) {
        return origin + contextPath + local;
    }

    /** The redirect URI to register at the provider. */
    public URI callback() {
        return URI.create(page(callbacks.login()));
    }

    /** The post-logout redirect URI to register at the provider. */
    public URI logoutCallback() {
        return URI.create(page(callbacks.logout()));
    }

    /** The back-channel logout URL to register at the provider. */
    URI backchannelLogout() {
        return URI.create(page(path + "/backchannel-logout"));
    }

    /** The front-channel logout URL to register at a provider without a back channel. */
    URI frontchannelLogout() {
        return URI.create(page(path + "/frontchannel-logout"));
    }

    /** The application's start page, as a path for the browser. */
    String home() {
        return contextPath + "/";
    }

    /** The logout address, as a path for the browser. */
    String logout() {
        return contextPath + path + "/logout";
    }

    /** The login address, as a path for the browser. */
    String login() {
        return contextPath + path + "/login";
    }

    /** What the browser asked for, as a return address; the start page if that is no safe address. */
    String requested(OidcRequest request) {
        return exactly(request).orElse(home());
    }

    /** What the browser asked for, if that is a safe address. */
    Optional<String> exactly(OidcRequest request) {
        var raw = request.rawPath();
        var below = raw.startsWith(request.contextPath())
                ? raw.substring(request.contextPath().length())
                : raw;
        var asked =
                contextPath + below + request.query().map(query -> "?" + query).orElse("");
        return ReturnAddress.safe(asked);
    }

    /** Whether cookies can be {@code Secure}. */
    boolean secure() {
        return origin.startsWith("https://");
    }

    /** Whether a login would be exposed: plain http to another machine. */
    boolean exposed() {
        return !secure() && !Loopback.is(URI.create(origin).getHost());
    }

    /** Where our own cookies live. */
    StateCookie.Scope cookieScope() {
        return new StateCookie.Scope(secure(), contextPath.isEmpty() ? "/" : contextPath);
    }
}
