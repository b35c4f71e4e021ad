// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.oidcfilter.HttpSender;
import org.oidcfilter.LocalSessions;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcEvent;
import org.oidcfilter.SharedState;
import org.oidcfilter.config.OidcConfig;
import org.oidcfilter.devprovider.Client;
import org.oidcfilter.devprovider.DevelopmentProvider;
import org.oidcfilter.devprovider.User;
import org.oidcfilter.provider.JdkHttpSender;
import org.oidcfilter.session.InMemorySharedState;

/** A relying party at a development provider of its own, with a clock that tests can move. */
final class Application implements AutoCloseable {
    static final String CLIENT = "shop";
    static final String SECRET = "a-client-secret-of-more-than-32-characters";

    final MovableClock clock = new MovableClock();
    final AtomicInteger calls = new AtomicInteger();
    /** What happens before each call to the provider; an exception takes its place. */
    volatile Runnable beforeCall = () -> {};

    private final List<String> answers = new CopyOnWriteArrayList<>();

    /** Where requests to a path of the provider end up instead. */
    final Map<String, URI> detours = new ConcurrentHashMap<>();

    /** The nodes' common memory; a test may break it. */
    final BreakableState sharedState = new BreakableState(new InMemorySharedState(clock));

    /** What a logout ended at once. */
    final List<LogoutMark> endedHere = new CopyOnWriteArrayList<>();

    /** What the node ends at once, and how many sessions that is. */
    volatile LocalSessions localSessions = LocalSessions.NONE;

    /** What the application was told. */
    final List<OidcEvent> events = new CopyOnWriteArrayList<>();

    private final Map<String, String> settings;
    final DevelopmentProvider provider;
    final RelyingParty relyingParty;
    private final JdkHttpSender http = new JdkHttpSender();

    private Application(Map<String, String> settings, Duration tokenLifetime) {
        provider = DevelopmentProvider.builder()
                .clock(clock)
                .tokenLifetime(tokenLifetime)
                .client(Client.confidential(CLIENT, SECRET)
                        .redirectUri(PlainRequest.ORIGIN + PlainRequest.CONTEXT + "/oidc/callback")
                        .postLogoutRedirectUri(PlainRequest.ORIGIN + PlainRequest.CONTEXT + "/oidc/logout/callback"))
                .user(User.named("alice").name("Alice Adams").roles("user", "admin"))
                .user(User.named("bob").name("Bob Brown").roles("user"))
                .start();
        provider.loginAs("alice");
        this.settings = settings;
        relyingParty = deployed(settings);
    }

    /** Another relying party of the same configuration, which knows nothing of the provider yet. */
    RelyingParty freshlyStarted() {
        return deployed(settings);
    }

    private HttpSender.Response send(HttpSender.Request request) throws IOException {
        calls.incrementAndGet();
        beforeCall.run();
        var target = detours.getOrDefault(request.uri().getPath(), request.uri());
        var response = http.send(
                new HttpSender.Request(request.method(), target, request.headers(), request.body(), request.timeout()));
        answers.add(response.body());
        return response;
    }

    /** With the three properties, a public page, and whatever {@code more} says; <code>{issuer}</code> is the provider's. */
    static Application with(Map<String, String> more) {
        return with(more, Duration.ofMinutes(5));
    }

    /** The same, with tokens that live so long. */
    static Application with(Map<String, String> more, Duration tokenLifetime) {
        return new Application(more, tokenLifetime);
    }

    static Application standard() {
        return with(Map.of());
    }

    /** A relying party at the same provider: the one of this application after a restart with other settings. */
    RelyingParty deployed(Map<String, String> settings) {
        return deployed(settings, sharedState);
    }

    /** The same, on some shared state. */
    RelyingParty deployed(Map<String, String> settings, SharedState sharedState) {
        return RelyingParties.create(
                config(settings),
                PlainRequest.CONTEXT,
                new RelyingParties.Surroundings(this::send, sharedState, this::endHere, events::add, clock));
    }

    private int endHere(LogoutMark mark) {
        endedHere.add(mark);
        return localSessions.end(mark);
    }

    PlainBrowser browser() {
        return new PlainBrowser(relyingParty);
    }

    /** The user who logs in at the provider from now on. */
    Application loginAs(String user) {
        provider.loginAs(user);
        return this;
    }

    /** What the provider said so far. */
    List<String> answers() {
        return answers;
    }

    @Override
    public void close() {
        relyingParty.close();
        provider.close();
        http.close();
    }

    private OidcConfig config(Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("oidc.issuer", provider.issuer());
        settings.put("oidc.client-id", CLIENT);
        settings.put("oidc.client-secret", SECRET);
        settings.put("oidc.public-paths", "/,/public/*");
        settings.put("oidc.path-rules", "/admin/*=admin; GET,POST /orders/*=user,clerk");
        more.forEach((key, value) -> settings.put(key, value.replace("{issuer}", provider.issuer())));
        var source = new PropertiesConfigSource(settings, "test", 100);
        return OidcConfig.load(new SmallRyeConfigBuilder().withSources(source).build(), Map.of());
    }
}
