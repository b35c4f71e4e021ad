// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.HttpSender;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Printable;

/**
 * One request to the provider and its answer: what all its endpoints have in common.
 *
 * <p>Only so many callers may wait for an answer of their own at the same time. When the provider hangs, the threads of the
 * application stay free for those who need no answer.
 */
final class Exchange {
    /** Ten logins a second at a provider that takes five; a quarter of the threads of a Tomcat or Jetty. */
    static final int MOST_WAITING = 50;

    /** When to come back after an endpoint failed that we do not cache. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private static final Duration DEFAULT_LIFETIME = Duration.ofHours(1);
    private static final long MIN_LIFETIME_SECONDS = 60;
    private static final long MAX_LIFETIME_SECONDS = 24 * 60 * 60;
    private static final Pattern MAX_AGE =
            Pattern.compile("(?:^|[,\\s])max-age=\"?([0-9]{1,18})(?![0-9])", Pattern.CASE_INSENSITIVE);

    private final HttpSender sender;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    Exchange(HttpSender sender) {
        this.sender = sender;
    }

    /**
     * Gets a document that may be cached.
     *
     * @param mediaTypes what it may come as
     */
    HttpSender.Response document(URI uri, Set<String> mediaTypes, Deadline deadline) {
        var accept = Map.of("Accept", String.join(", ", mediaTypes));
        var request = new HttpSender.Request("GET", uri, accept, "", deadline.remaining());
        var response = deliver(request);
        requireStatusOk(request, response);
        requireMediaType(request, response, mediaTypes);
        return response;
    }

    /** Sends {@code request} for one caller. Any status is an answer; none at all is an exception. */
    HttpSender.Response send(HttpSender.Request request) {
        if (!waiting.tryAcquire()) {
            throw unreachable(request + " was not sent: " + MOST_WAITING + " others wait for an answer", null);
        }
        try {
            return deliver(request);
        } finally {
            waiting.release();
        }
    }

    private HttpSender.Response deliver(HttpSender.Request request) {
        if (request.timeout().isZero()) {
            throw unreachable("no time was left for " + request, null);
        }
        try {
            return sender.send(request);
        } catch (IOException e) {
            throw unreachable(request + " failed: " + NoAnswer.problem(e), e);
        }
    }

    private static ProviderUnavailableException unreachable(String message, @Nullable IOException cause) {
        return new ProviderUnavailableException(Reason.PROVIDER_UNREACHABLE, message, RETRY_AFTER, cause);
    }

    static void requireStatusOk(HttpSender.Request request, HttpSender.Response response) {
        if (response.status() != 200) {
            throw new ProviderUnavailableException(
                    Reason.PROVIDER_STATUS, request + " was answered with " + response, RETRY_AFTER, null);
        }
    }

    static void requireMediaType(HttpSender.Request request, HttpSender.Response response, Set<String> mediaTypes) {
        if (!mediaTypes.contains(mediaType(response))) {
            throw new InvalidResponseException(
                    Reason.PROVIDER_MEDIA_TYPE,
                    request + ": expected " + String.join(" or ", mediaTypes) + ", got " + shown(response));
        }
    }

    private static String shown(HttpSender.Response response) {
        var type = mediaType(response);
        return type.isEmpty() ? "no media type" : Printable.of(type);
    }

    /** The media type without its parameters, in lower case. */
    static String mediaType(HttpSender.Response response) {
        var header = response.header("Content-Type").orElse("");
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /** How long to keep a document: its {@code max-age} (RFC 9111 section 5.2.2.1), within a minute and a day. */
    static Duration lifetime(HttpSender.Response response) {
        return response.header("Cache-Control")
                .map(MAX_AGE::matcher)
                .filter(Matcher::find)
                .map(found -> Math.min(Long.parseLong(found.group(1)), MAX_LIFETIME_SECONDS))
                .map(seconds -> Duration.ofSeconds(Math.max(seconds, MIN_LIFETIME_SECONDS)))
                .orElse(DEFAULT_LIFETIME);
    }
}
