// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sends one HTTP request to the provider. The JDK's client is used; another one cannot be plugged in yet.
 *
 * <p>An implementation must keep to the timeout of each request, must bound the size of the answer, must not follow
 * redirects and must not send cookies. It must be safe for concurrent use.
 */
@FunctionalInterface
public interface HttpSender {
    /**
     * Sends {@code request} and waits for the whole answer.
     *
     * @throws IOException if no complete answer came in time or it was too large
     */
    Response send(Request request) throws IOException;

    /**
     * What to send.
     *
     * @param method {@code GET} or {@code POST}
     * @param uri absolute, without fragment
     * @param headers request headers
     * @param body the body, empty for none
     * @param timeout how long it may take from the first attempt to connect to the last byte of the answer; more than zero
     */
    record Request(String method, URI uri, Map<String, String> headers, String body, Duration timeout) {
        public Request {
            headers = Map.copyOf(headers);
        }

        /** Method and address only: headers and body hold secrets. */
        @Override
        public String toString() {
            return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
        }
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param headers response headers, looked up without regard to case; the first value where a header is repeated
     * @param body the body, decoded as UTF-8
     */
    record Response(int status, Map<String, String> headers, String body) {
        public Response {
            var caseless = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            caseless.putAll(headers);
            headers = java.util.Collections.unmodifiableMap(caseless);
        }

        /** The first value of a header. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** The status only: headers and body hold secrets. */
        @Override
        public String toString() {
            return "HTTP " + status;
        }
    }
}
