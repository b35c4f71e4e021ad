// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.oidcfilter.HttpSender;
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
    private final List<String> answers = new CopyOnWriteArrayList<>();
    final DevelopmentProvider provider;
    final RelyingParty relyingParty;
    private final JdkHttpSender http = new JdkHttpSender();

    private Application(Map<String, String> settings) {
        provider = DevelopmentProvider.builder()
                .clock(clock)
                .client(Client.confidential(CLIENT, SECRET)
                        .redirectUri(PlainRequest.ORIGIN + PlainRequest.CONTEXT + "/oidc/callback")
                        .postLogoutRedirectUri(PlainRequest.ORIGIN + PlainRequest.CONTEXT + "/oidc/logout/callback"))
                .user(User.named("alice").name("Alice Adams").roles("user", "admin"))
                .user(User.named("bob").name("Bob Brown").roles("user"))
                .start();
        provider.loginAs("alice");
        HttpSender counting = request -> {
            calls.incrementAndGet();
            var response = http.send(request);
            answers.add(response.body());
            return response;
        };
        relyingParty = RelyingParties.create(
                config(settings),
                PlainRequest.CONTEXT,
                new RelyingParties.Surroundings(counting, new InMemorySharedState(clock), clock));
    }

    /** With the three properties, a public page, and whatever {@code more} says. */
    static Application with(Map<String, String> more) {
        return new Application(more);
    }

    static Application standard() {
        return with(Map.of());
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
        settings.putAll(more);
        var source = new PropertiesConfigSource(settings, "test", 100);
        return OidcConfig.load(new SmallRyeConfigBuilder().withSources(source).build(), Map.of());
    }
}
