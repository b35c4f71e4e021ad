// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Secret;

/**
 * Sends requests of the application with the caller's access token, to origins that the operator has named and nowhere
 * else: no redirect is followed, and a token is asked for only once the address is known to be one of these.
 */
public final class ApiClient implements AutoCloseable {
    /** For requests that do not say how long they may take. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final List<URI> origins;
    private @Nullable JdkClient jdk;
    private boolean closed;

    /** @param origins scheme, host in lower case, and port unless it is the default */
    public ApiClient(List<URI> origins) {
        this.origins = List.copyOf(origins);
    }

    /**
     * Sends {@code request} with {@code Authorization: Bearer}.
     *
     * @throws IllegalArgumentException if it goes to another origin, or has an {@code Authorization} of its own
     */
    public <T> HttpResponse<T> send(
            HttpRequest request, Supplier<Secret> accessToken, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        if (request.uri().getRawUserInfo() != null || !origins.contains(origin(request.uri()))) {
            throw new IllegalArgumentException(
                    "access tokens may not be sent to " + origin(request.uri()) + "; set oidc.api-origins to allow it");
        }
        if (request.headers().firstValue("Authorization").isPresent()) {
            throw new IllegalArgumentException("the request has an Authorization header of its own");
        }
        var builder = HttpRequest.newBuilder(request, (name, value) -> true)
                .header("Authorization", "Bearer " + accessToken.get().reveal());
        if (request.timeout().isEmpty()) {
            builder.timeout(TIMEOUT);
        }
        return client().send(builder.build(), handler);
    }

    /** Applications that call nobody have no client. */
    private synchronized HttpClient client() {
        if (closed) {
            throw new IllegalStateException("the application has been stopped");
        }
        var known = jdk;
        if (known == null) {
            known = new JdkClient("oidc-api-");
            jdk = known;
        }
        return known.client();
    }

    @Override
    public synchronized void close() {
        closed = true;
        var known = jdk;
        if (known != null) {
            known.close();
        }
    }

    private static URI origin(URI uri) {
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        var standard = uri.getPort() == -1 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        var host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        return URI.create(scheme + "://" + host + (standard ? "" : ":" + uri.getPort()));
    }
}
