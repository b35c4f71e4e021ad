// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/** What the provider answers. Immutable: every method that changes something returns a changed copy. */
public final class Reply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final Delivery delivery;

    /**
     * An answer, sent at once and whole.
     *
     * @param status the HTTP status
     * @param headers the headers; {@code Content-Length} is added
     * @param body the body, empty for none
     */
    public Reply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body.clone(), (bytes, out) -> out.write(bytes));
    }

    private Reply(int status, Map<String, String> headers, byte[] body, Delivery delivery) {
        var caseless = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(headers);
        this.status = status;
        this.headers = Collections.unmodifiableMap(caseless);
        this.body = body;
        this.delivery = delivery;
    }

    /** A JSON text. */
    public static Reply json(int status, String json) {
        return new Reply(status, Map.of("Content-Type", "application/json"), json.getBytes(UTF_8));
    }

    /** A JSON object. */
    public static Reply json(int status, Map<String, ?> members) {
        return json(status, JsonUtil.toJson(members));
    }

    /** Plain text. */
    public static Reply text(int status, String text) {
        return new Reply(status, Map.of("Content-Type", "text/plain; charset=utf-8"), text.getBytes(UTF_8));
    }

    /** A redirect that turns a POST into a GET. */
    public static Reply redirect(String location) {
        return new Reply(303, Map.of("Location", location), new byte[0]);
    }

    /** No answer: the connection is closed. */
    public static Reply hangUp() {
        return new Reply(0, Map.of(), new byte[0]);
    }

    /** Changes the HTTP status. */
    public Reply status(int changed) {
        return new Reply(changed, headers, body, delivery);
    }

    /** Adds or replaces a header. */
    public Reply header(String name, String value) {
        var changed = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.put(name, value);
        return new Reply(status, changed, body, delivery);
    }

    /** Replaces the body. */
    public Reply body(byte[] changed) {
        return new Reply(status, headers, changed.clone(), delivery);
    }

    /** Replaces the body by a text in UTF-8. */
    public Reply body(String changed) {
        return body(changed.getBytes(UTF_8));
    }

    /**
     * Changes the JSON object in the body. All objects and arrays in it are mutable maps and lists.
     *
     * @throws IllegalStateException if the body is not a JSON object
     */
    public Reply editJson(Consumer<Map<String, Object>> edit) {
        try {
            Map<String, Object> members = mutable(JsonUtil.parseJson(text()));
            edit.accept(members);
            return body(JsonUtil.toJson(members));
        } catch (JoseException e) {
            throw new IllegalStateException("The body is not a JSON object", e);
        }
    }

    /** Sends the body byte by byte with a pause after each: each read succeeds, and the whole never comes in time. */
    public Reply dripping(Duration pause) {
        return new Reply(status, headers, body, (bytes, out) -> drip(bytes, out, pause));
    }

    /** Announces the whole body, sends half of it and closes the connection. */
    public Reply cutShort() {
        return new Reply(status, headers, body, (bytes, out) -> {
            out.write(bytes, 0, bytes.length / 2);
            out.flush();
            throw new IOException("Cut short on purpose");
        });
    }

    /** The HTTP status, 0 for none. */
    public int status() {
        return status;
    }

    /** The headers, looked up without regard to case. */
    public Map<String, String> headers() {
        return headers;
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as a text in UTF-8. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** Must not be kept: it holds tokens or personal data (RFC 6749 section 5.1). */
    Reply notStored() {
        return header("Cache-Control", "no-store");
    }

    int length() {
        return body.length;
    }

    void writeBody(OutputStream out) throws IOException, InterruptedException {
        delivery.deliver(body, out);
    }

    private static void drip(byte[] bytes, OutputStream out, Duration pause) throws IOException, InterruptedException {
        for (byte one : bytes) {
            out.write(one);
            out.flush();
            Thread.sleep(pause.toMillis());
        }
    }

    /** The parser's own maps refuse to replace a member. */
    private static Map<String, Object> mutable(Map<?, ?> object) {
        var copy = new LinkedHashMap<String, Object>();
        object.forEach((name, value) -> copy.put(String.valueOf(name), mutableValue(value)));
        return copy;
    }

    private static Object mutableValue(Object value) {
        if (value instanceof Map<?, ?> object) {
            return mutable(object);
        }
        return value instanceof List<?> array
                ? new ArrayList<Object>(array.stream().map(Reply::mutableValue).toList())
                : value;
    }

    /** The status only: headers and body hold secrets. */
    @Override
    public String toString() {
        return status == 0 ? "no answer" : "HTTP " + status;
    }

    @FunctionalInterface
    private interface Delivery {
        void deliver(byte[] body, OutputStream out) throws IOException, InterruptedException;
    }
}
