// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Somebody at a browser. Follows redirects and keeps cookies; the provider's login page is left out, and its answer is given
 * here, so that only the relying party works.
 */
final class Browser implements AutoCloseable {
    private final int port;
    private final String subject;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Connection connection;

    Browser(int port, String subject) {
        this.port = port;
        this.subject = subject;
        this.connection = new Connection(port);
    }

    /** Asks for a page and goes wherever that leads. */
    Connection.Answer visit(String path) {
        var next = path;
        for (int hop = 0; hop < 8; hop++) {
            var answer = get(next);
            if (answer.status() != 302 && answer.status() != 303) {
                return answer;
            }
            var location = URI.create(answer.header("Location"));
            next = location.getPath().equals(TokenIssuer.AUTHORIZE) ? authenticated(location) : local(location);
        }
        throw new IllegalStateException("redirected too often, last to " + next);
    }

    Connection.Answer get(String path) {
        return get(path, connection);
    }

    /** Over a connection that is in use: servers close those that are not. */
    Connection.Answer get(String path, Connection used) {
        var answer = used.exchange(request(path));
        answer.head().lines().forEach(this::keep);
        return answer;
    }

    /** One request as this browser sends it. */
    byte[] request(String path) {
        var text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n"
                + "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
                + "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                + "Accept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n"
                + "Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: same-origin\r\n");
        if (!cookies.isEmpty()) {
            var pairs = cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .toList();
            text.append("Cookie: ").append(String.join("; ", pairs)).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    String cookie(String name) {
        return cookies.get(name);
    }

    /** Bytes of cookies that this browser sends. */
    int cookieBytes() {
        return cookies.entrySet().stream()
                .mapToInt(cookie -> cookie.getKey().length() + cookie.getValue().length() + 2)
                .sum();
    }

    private void keep(String line) {
        if (line.regionMatches(true, 0, "Set-Cookie:", 0, 11)) {
            var pair = line.substring(11).split(";", 2);
            var name = pair[0].strip().split("=", 2)[0];
            var value = pair[0].strip().substring(name.length() + 1);
            if (value.isEmpty() || line.contains("Max-Age=0;") || line.endsWith("Max-Age=0")) {
                cookies.remove(name);
            } else {
                cookies.put(name, value);
            }
        }
    }

    private String authenticated(URI authorize) {
        var asked = new LinkedHashMap<String, String>();
        for (var pair : authorize.getRawQuery().split("&")) {
            var at = pair.indexOf('=');
            asked.put(
                    pair.substring(0, at), java.net.URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
        }
        var callback = URI.create(asked.get("redirect_uri"));
        var code = TokenIssuer.code(subject, asked.getOrDefault("nonce", ""));
        return local(callback) + (callback.getQuery() == null ? "?" : "&") + "code=" + encode(code) + "&state="
                + encode(asked.get("state"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String local(URI location) {
        return location.getRawQuery() == null
                ? location.getRawPath()
                : location.getRawPath() + "?" + location.getRawQuery();
    }

    @Override
    public void close() {
        connection.close();
    }
}
