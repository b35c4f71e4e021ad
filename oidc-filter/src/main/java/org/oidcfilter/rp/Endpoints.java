// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Printable;

/** Our own paths, and what answers there. */
final class Endpoints {
    private final String path;
    private final RelyingParty.Parts parts;
    private final Map<String, Endpoint> endpoints;

    /** Answers a request to one of them. */
    @FunctionalInterface
    private interface Handler {
        Reply handle(OidcRequest request, Site site) throws IOException;
    }

    /** @param forBrowsers whether cookies come with its requests, which must not be seen on the way */
    private record Endpoint(Set<String> methods, boolean forBrowsers, Handler handler) {
        static Endpoint forBrowsers(Set<String> methods, Handler handler) {
            return new Endpoint(methods, true, handler);
        }
    }

    /** @param path where they begin */
    Endpoints(String path, RelyingParty.Parts parts) {
        this.path = path;
        this.parts = parts;
        this.endpoints = endpoints(path, parts);
    }

    private static Map<String, Endpoint> endpoints(String path, RelyingParty.Parts parts) {
        var get = Set.of("GET");
        var both = Set.of("GET", "POST");
        return Map.of(
                parts.callbacks().login(),
                Endpoint.forBrowsers(both, parts.callback()::handle),
                path + "/login",
                Endpoint.forBrowsers(both, parts.login()::onPurpose),
                path + "/logout",
                Endpoint.forBrowsers(both, parts.logout()::handle),
                parts.callbacks().logout(),
                Endpoint.forBrowsers(get, parts.logout()::returned),
                path + "/frontchannel-logout",
                Endpoint.forBrowsers(get, parts.frontchannelLogout()::handle),
                path + "/backchannel-logout",
                new Endpoint(Set.of("POST"), false, parts.backchannelLogout()::handle),
                path + "/user",
                Endpoint.forBrowsers(get, parts.user()::handle),
                path + "/jwks",
                new Endpoint(get, false, parts.keys()::handle));
    }

    /** The answer, if the request is to one of them. */
    Optional<Reply> answer(OidcRequest request, Site site) throws IOException {
        var page = page(request);
        var endpoint = endpoints.get(page);
        if (endpoint == null || isForTheApplication(request, page, site)) {
            return Optional.empty();
        }
        if (endpoint.forBrowsers() && site.exposed()) {
            throw RelyingParty.exposed(site);
        }
        return Optional.of(
                endpoint.methods().contains(request.method())
                        ? endpoint.handler().handle(request, site)
                        : wrongMethod(endpoint, request, site));
    }

    /** What was asked for: containers name the welcome file where it was the start page. */
    private static String page(OidcRequest request) {
        return request.rawPath().equals(request.contextPath() + "/") ? "/" : request.path();
    }

    /** What the provider redirects to may be a page of the application: it is ours when the provider sends something along. */
    private boolean isForTheApplication(OidcRequest request, String page, Site site) {
        if (page.startsWith(path + "/")) {
            return false;
        }
        return page.equals(parts.callbacks().login())
                ? !parts.callback().concerns(request)
                : !parts.logout().concerns(request, site);
    }

    private Reply wrongMethod(Endpoint endpoint, OidcRequest request, Site site) {
        var allowed = String.join(", ", endpoint.methods().stream().sorted().toList());
        var failure = new InvalidResponseException(
                Reason.METHOD_NOT_ALLOWED, "expected " + allowed + ", got " + Printable.of(request.method()));
        return Replies.withHeader(parts.failures().reply(request, site, failure, Failures.Way.NONE), "Allow", allowed);
    }
}
