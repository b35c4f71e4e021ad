// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;

/**
 * The parameters of a query or of an {@code application/x-www-form-urlencoded} body.
 *
 * @param fields name to value, in their order; each name once (RFC 6749 section 3.1)
 */
public record Form(Map<String, String> fields) {
    private static final int MAX_FIELDS = 64;

    public Form {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Reads what a browser sent.
     *
     * @throws InvalidResponseException with {@link Reason#RESPONSE_DUPLICATE_PARAMETER} if a name is repeated, with
     *     {@link Reason#RESPONSE_MALFORMED} if the encoding is wrong or there are more than 64 parameters
     */
    public static Form parse(String encoded) {
        var fields = new LinkedHashMap<String, String>();
        for (var pair : pairs(encoded, MAX_FIELDS)) {
            if (fields.put(pair.getKey(), pair.getValue()) != null) {
                throw new InvalidResponseException(
                        Reason.RESPONSE_DUPLICATE_PARAMETER,
                        "parameter " + Printable.of(pair.getKey()) + " occurs more than once");
            }
        }
        return new Form(fields);
    }

    /**
     * Reads a form of the application, whose names may be repeated.
     *
     * @param most how many fields it may have
     * @throws InvalidResponseException with {@link Reason#RESPONSE_MALFORMED} if the encoding is wrong or there are more
     */
    public static List<Map.Entry<String, String>> pairs(String encoded, int most) {
        var texts = encoded.split("&", most + 1);
        if (texts.length > most) {
            throw malformed("more than " + most + " parameters");
        }
        return Stream.of(texts).filter(text -> !text.isEmpty()).map(Form::pair).toList();
    }

    private static Map.Entry<String, String> pair(String text) {
        int equals = text.indexOf('=');
        return Map.entry(
                decode(equals < 0 ? text : text.substring(0, equals)),
                decode(equals < 0 ? "" : text.substring(equals + 1)));
    }

    private static String decode(String encoded) {
        return isPlain(encoded) ? encoded : decodeOctets(encoded);
    }

    private static String decodeOctets(String encoded) {
        var bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.write(octet(encoded, i));
                i += 2;
            } else if (c > ' ' && c <= '~') {
                bytes.write(c == '+' ? ' ' : c);
            } else {
                throw malformed("character that must be percent-encoded");
            }
        }
        try {
            return Utf8.decode(bytes.toByteArray());
        } catch (CharacterCodingException e) {
            throw malformed("not UTF-8");
        }
    }

    private static int octet(String encoded, int percent) {
        boolean complete = percent + 2 < encoded.length()
                && HexFormat.isHexDigit(encoded.charAt(percent + 1))
                && HexFormat.isHexDigit(encoded.charAt(percent + 2));
        if (!complete) {
            throw malformed("wrong percent-encoding");
        }
        return HexFormat.fromHexDigits(encoded, percent + 1, percent + 3);
    }

    private static InvalidResponseException malformed(String what) {
        return new InvalidResponseException(Reason.RESPONSE_MALFORMED, "malformed parameters: " + what);
    }

    /** The value of {@code name}; one without a value counts as omitted (RFC 6749 section 3.1). */
    public Optional<String> get(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    /** These parameters and {@code more}, which win. */
    public Form with(Map<String, String> more) {
        var all = new LinkedHashMap<>(fields);
        all.putAll(more);
        return new Form(all);
    }

    /** The encoded form. */
    public String encode() {
        var encoded = new StringBuilder();
        fields.forEach((name, value) -> encoded.append(encoded.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return encoded.toString();
    }

    /** The form-url-encoding of one value (RFC 6749 appendix B). */
    static String encode(String value) {
        return isPlain(value) ? value : URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** What is the same with and without encoding, as are most tokens, codes and names. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '*';
    }

    /**
     * The endpoint with these parameters added to those of its own query, which must be retained (RFC 6749 section 3.1).
     * Where both have a parameter, it is sent once, with our value.
     */
    public URI appendTo(URI endpoint) {
        var text = endpoint.toString();
        int question = text.indexOf('?');
        if (question < 0) {
            return URI.create(text + "?" + encode());
        }
        var query = new StringJoiner("&");
        for (var pair : text.substring(question + 1).split("&", -1)) {
            if (!pair.isEmpty() && !fields.containsKey(nameOf(pair))) {
                query.add(pair);
            }
        }
        return URI.create(text.substring(0, question + 1) + query.add(encode()));
    }

    private static String nameOf(String pair) {
        int equals = pair.indexOf('=');
        return URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8);
    }

    /** The names only: values are codes, tokens and secrets. */
    @Override
    public String toString() {
        return "Form" + fields.keySet();
    }
}
