// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A browser without a screen: it sends the headers a browser sends, keeps cookies as a browser keeps them, and shows
 * every step of a redirect to those who want to see it. Threads are its tabs.
 */
public final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_CHAIN = 20;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final CookieJar jar;

    /** A browser that has never been anywhere. */
    public Browser() {
        this(new CookieJar(Clock.systemUTC()));
    }

    private Browser(CookieJar jar) {
        this.jar = jar;
    }

    /** Another browser with the cookies that this one has now. */
    public Browser copy() {
        return new Browser(jar.copy());
    }

    /** Goes to an address that the user typed, and to wherever that leads. */
    public Page open(URI uri) {
        return followAll(visit(uri));
    }

    /** Goes to an address that the user typed, and no further. */
    public Page visit(URI uri) {
        return send(Visit.typed(uri));
    }

    /** Follows a link of a page, no further. */
    public Page click(URI page, URI link) {
        return send(Visit.link(page, link));
    }

    /** Submits the first form of a page, no further. */
    public Page submit(Page page) {
        return send(Visit.submission(page.uri(), page.form()));
    }

    /** Lets a script of a page call an address, as {@code fetch} does. */
    public Page fetch(URI page, URI uri) {
        return send(Visit.script(page, uri));
    }

    /** One step along a redirect. */
    public Page follow(Page page) {
        return send(page.visit().redirected(page.status(), page.location()));
    }

    /** All steps along the redirects. */
    public Page followAll(Page page) {
        return page.isRedirect() ? followAll(follow(page)) : page;
    }

    /** The names of the cookies that belong to an address. */
    public List<String> cookieNames(URI uri) {
        return jar.cookies(Visit.typed(uri)).stream()
                .map(CookieJar.Cookie::name)
                .toList();
    }

    /** The {@code Cookie} header of a navigation to an address. */
    String cookieHeader(URI uri) {
        return jar.header(Visit.typed(uri));
    }

    /** Sends a request of the test's own making, with the cookies a script of the same origin would send. */
    public Page send(URI uri, HttpRequest.Builder request) {
        return send(Visit.script(uri, uri), request);
    }

    private Page send(Visit visit) {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .method(visit.method(), BodyPublishers.ofString(visit.body()))
                .header("Accept", visit.kind().accept)
                .header("Sec-Fetch-Mode", visit.kind().mode)
                .header("Sec-Fetch-Dest", visit.kind().destination)
                .header("Sec-Fetch-Site", visit.fetchSite());
        if (visit.kind() == Visit.Kind.NAVIGATION) {
            request.header("Sec-Fetch-User", "?1").header("Upgrade-Insecure-Requests", "1");
        }
        if (visit.method().equals("GET")) {
            request.GET();
        } else {
            request.header("Content-Type", "application/x-www-form-urlencoded");
            visit.initiator().ifPresent(page -> request.header("Origin", Visit.origin(page)));
        }
        return send(visit, request);
    }

    private Page send(Visit visit, HttpRequest.Builder request) {
        if (visit.chain().size() > LONGEST_CHAIN) {
            throw new AssertionError("redirected without end: " + visit.chain());
        }
        String cookies = jar.header(visit);
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        HttpResponse<String> response =
                exchange(request.uri(visit.uri()).timeout(PATIENCE).build());
        Page page = new Page(visit, response.statusCode(), response.headers(), response.body());
        jar.store(visit, page.setCookies());
        return page;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
