// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.oidcfilter.it.process.SiteRequest.Destination;

/**
 * A browser without scripts: one user with one window and a cookie jar of their own. It sends what a navigating browser
 * sends and shows every hop of the way.
 */
public final class Browser {
    private static final int MOST_REDIRECTS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client;
    private final CookieJar cookies = new CookieJar(Clock.systemUTC());
    private final List<Hop> hops = new ArrayList<>();
    private Predicate<URI> stop = target -> false;
    private Optional<Page> page = Optional.empty();
    private Optional<Pending> pending = Optional.empty();

    private record Pending(SiteRequest request, String body) {}

    public Browser() {
        this(HttpClient.newBuilder());
    }

    private Browser(HttpClient.Builder builder) {
        client = builder.version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** A browser that believes certificates which {@code tls} believes. */
    public static Browser trusting(SSLContext tls) {
        return new Browser(HttpClient.newBuilder().sslContext(tls));
    }

    /** Does not follow redirects to addresses that begin with {@code prefix}; {@link #proceed} does. */
    public Browser stoppingAt(URI prefix) {
        stop = target -> target.toString().startsWith(prefix.toString());
        return this;
    }

    /** The user types an address. */
    public Page open(URI address) throws IOException, InterruptedException {
        return navigate(SiteRequest.to(address, "GET", Destination.DOCUMENT, Optional.empty()), "");
    }

    /** The user follows the link with this text. */
    public Page click(String linkText) throws IOException, InterruptedException {
        return follow(page().link(linkText));
    }

    /** The current page leads to {@code target} by a link or a script. */
    public Page follow(URI target) throws IOException, InterruptedException {
        return navigate(SiteRequest.to(target, "GET", Destination.DOCUMENT, current()), "");
    }

    /** The user (or a script) submits a form of the current page. */
    public Page submit(Form form) throws IOException, InterruptedException {
        if (form.method().equals("POST")) {
            return navigate(SiteRequest.to(form.action(), "POST", Destination.DOCUMENT, current()), form.encoded());
        }
        String path = form.action().getRawPath();
        return follow(form.action().resolve(path + "?" + form.encoded()));
    }

    /** Follows the redirect at which the browser stopped. */
    public Page proceed() throws IOException, InterruptedException {
        Pending next = pending.orElseThrow(() -> new NoSuchElementException("Nothing to proceed to: " + hops));
        return navigateFrom(next.request(), next.body());
    }

    /** Loads the frames of the current page, each up to its last redirect. */
    public List<Page> loadFrames() throws IOException, InterruptedException {
        List<Page> frames = new ArrayList<>();
        for (URI target : page().frames()) {
            frames.add(Page.of(send(SiteRequest.to(target, "GET", Destination.IFRAME, current()), "", true)));
        }
        return frames;
    }

    /** A script of the current page fetches {@code target} with credentials; redirects are not followed. */
    public Hop fetch(URI target) throws IOException, InterruptedException {
        return send(SiteRequest.to(target, "GET", Destination.EMPTY, current()), "", false);
    }

    public Page page() {
        return page.orElseThrow(() -> new NoSuchElementException("No page is open"));
    }

    /** The requests of the last navigation, redirects included, in order. */
    public List<Hop> hops() {
        return List.copyOf(hops);
    }

    public CookieJar cookies() {
        return cookies;
    }

    private Optional<URI> current() {
        return Optional.of(page().uri());
    }

    private Page navigate(SiteRequest request, String body) throws IOException, InterruptedException {
        hops.clear();
        return navigateFrom(request, body);
    }

    private Page navigateFrom(SiteRequest request, String body) throws IOException, InterruptedException {
        pending = Optional.empty();
        Page reached = Page.of(send(request, body, true));
        page = Optional.of(reached);
        return reached;
    }

    private Hop send(SiteRequest request, String body, boolean follow) throws IOException, InterruptedException {
        SiteRequest next = request;
        String content = body;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Hop hop = exchange(next, content);
            Optional<URI> target = hop.redirect().filter(to -> follow);
            if (target.isEmpty()) {
                return hop;
            }
            boolean repeats = hop.status() == 307 || hop.status() == 308;
            next = next.redirected(target.get(), repeats ? next.method() : "GET");
            content = repeats ? content : "";
            if (stop.test(target.get())) {
                pending = Optional.of(new Pending(next, content));
                return hop;
            }
        }
        throw new IOException("More than " + MOST_REDIRECTS + " redirects: " + hops);
    }

    private Hop exchange(SiteRequest request, String body) throws IOException, InterruptedException {
        HttpRequest.Builder message = HttpRequest.newBuilder(withoutFragment(request.target()))
                .timeout(LIMIT)
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) IntegrationTest")
                .header("Accept-Language", "en")
                .header("Accept", request.isNavigation() ? "text/html,application/xhtml+xml,*/*;q=0.8" : "*/*")
                .header("Sec-Fetch-Site", request.site())
                .header("Sec-Fetch-Mode", request.isNavigation() ? "navigate" : "cors")
                .header("Sec-Fetch-Dest", request.destination().name().toLowerCase(Locale.ROOT));
        if (request.destination() == Destination.DOCUMENT) {
            message.header("Sec-Fetch-User", "?1").header("Upgrade-Insecure-Requests", "1");
        }
        cookies.header(request).ifPresent(header -> message.header("Cookie", header));
        describeInitiator(request, message);
        if (request.method().equals("POST")) {
            message.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body));
        }
        HttpResponse<String> response = client.send(message.build(), BodyHandlers.ofString());
        cookies.store(request, response.headers().allValues("Set-Cookie"));
        Hop hop = new Hop(response);
        hops.add(hop);
        return hop;
    }

    /** Sets {@code Referer} and {@code Origin} as the policy of the current page allows. */
    private void describeInitiator(SiteRequest request, HttpRequest.Builder message) {
        if (request.initiator().isEmpty()) {
            return;
        }
        URI from = request.initiator().get();
        String origin = SiteRequest.origin(from);
        boolean silent = page().hop()
                .header("Referrer-Policy")
                .filter("no-referrer"::equals)
                .isPresent();
        if (!silent) {
            boolean sameOrigin = request.site().equals("same-origin");
            message.header("Referer", sameOrigin ? withoutFragment(from).toString() : origin + "/");
        }
        if (request.method().equals("POST")) {
            message.header("Origin", silent || request.isTainted() ? "null" : origin);
        }
    }

    private static URI withoutFragment(URI uri) {
        int fragment = uri.toString().indexOf('#');
        return fragment < 0 ? uri : URI.create(uri.toString().substring(0, fragment));
    }
}
