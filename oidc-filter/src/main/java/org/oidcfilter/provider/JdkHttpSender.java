// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.oidcfilter.HttpSender;
import org.oidcfilter.protocol.Utf8;

/**
 * Sends with the JDK's own client: no redirects, no cookies, at most 512 KB of answer. A proxy is that of the JVM
 * ({@code https.proxyHost}).
 */
public final class JdkHttpSender implements HttpSender, AutoCloseable {
    private static final int MAX_BODY = 512 * 1024;

    private final JdkClient jdk = new JdkClient("oidc-http-");

    @Override
    public Response send(Request request) throws IOException {
        var answer = start(httpRequest(request));
        try {
            return response(await(answer, request.timeout()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (TimeoutException | HttpTimeoutException e) {
            throw new NoAnswer("no complete answer within " + request.timeout().toMillis() + " ms");
        } catch (CharacterCodingException e) {
            throw new NoAnswer("the answer is not UTF-8");
        } finally {
            answer.cancel(true); // stops the exchange; without effect where it is complete
        }
    }

    /**
     * In a thread of ours, so that the caller never waits longer than it wants to, not for the name of the host either. What
     * the client itself does asynchronously ends in a new thread on machines with one or two processors.
     */
    private Future<HttpResponse<byte[]>> start(HttpRequest request) throws IOException {
        try {
            return jdk.executor().submit(() -> jdk.client().send(request, head -> new LimitedBody(MAX_BODY)));
        } catch (RejectedExecutionException e) {
            throw new NoAnswer("we are closed");
        }
    }

    private static HttpResponse<byte[]> await(Future<HttpResponse<byte[]>> answer, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof HttpTimeoutException timedOut) {
                throw timedOut;
            }
            throw new NoAnswer(NoAnswer.words(cause));
        }
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        var exception = new InterruptedIOException("interrupted while waiting for an answer");
        exception.initCause(cause);
        return exception;
    }

    private static HttpRequest httpRequest(Request request) throws IOException {
        var body = request.body().isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(request.body());
        try {
            var builder = HttpRequest.newBuilder(request.uri()).method(request.method(), body);
            builder.timeout(request.timeout());
            request.headers().forEach(builder::header);
            if ("http".equalsIgnoreCase(request.uri().getScheme())) {
                builder.version(HttpClient.Version.HTTP_1_1); // no upgrade to h2c, at which some servers stumble
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new NoAnswer("not a request that can be sent"); // the cause would quote a header's value
        }
    }

    private static Response response(HttpResponse<byte[]> answer) throws IOException {
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return new Response(answer.statusCode(), headers, Utf8.decode(answer.body()));
    }

    @Override
    public void close() {
        jdk.close();
    }
}
