// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Ends sessions and tells the clients that took part (OpenID Connect Back-Channel Logout section 2.5). */
final class Logout {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Provider provider;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Logout(Provider provider) {
        this.provider = provider;
    }

    /** Ends the sessions and returns when every client has answered or had its time. */
    List<LogoutDelivery> end(Predicate<Session> condition) {
        List<Session> ended = provider.sessions().end(condition);
        ended.forEach(provider.grants()::endWith);
        return ended.stream().flatMap(session -> notify(session).stream()).toList();
    }

    private List<LogoutDelivery> notify(Session session) {
        return session.clientIds().stream()
                .flatMap(id -> provider.registry().client(id).stream())
                .filter(client -> client.backchannelLogoutUri().isPresent())
                .map(client -> new LogoutDelivery(client.id(), deliver(client, session)))
                .toList();
    }

    private OptionalInt deliver(Client client, Session session) {
        String body = Form.write(Map.of("logout_token", logoutToken(client, session)));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(client.backchannelLogoutUri().orElseThrow()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return OptionalInt.of(http.send(request, BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    private String logoutToken(Client client, Session session) {
        String subject = provider.registry().userNamed(session.username()).subject();
        return provider.tokens()
                .logoutTokens()
                .forClient(Map.of("aud", client.id(), "sub", subject, "sid", session.sid()));
    }
}
