// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * JSON text in, plain values out, and back (RFC 8259).
 *
 * <p>Values are {@link String}, {@link Long}, {@link Double}, {@link Boolean}, {@link List} and {@link Map}, all of them
 * unmodifiable. A member or element that is {@code null} is left out.
 */
public final class Json {
    private Json() {}

    /**
     * Reads an object. Strict, because two readers that understand a message differently are an attack: no duplicate
     * member, nothing after the object, no byte-order mark, no more than 32 levels, no number beyond {@code long} or
     * {@code double}, no half of a surrogate pair.
     *
     * @throws IllegalArgumentException if {@code text} is anything else; the message names the position, never the content
     */
    public static Map<String, Object> parse(String text) {
        return new JsonParser(text, name -> false).parse();
    }

    /**
     * As {@link #parse(String)}, but {@code null} is not left out everywhere: a member whose absence means something must not
     * be absent by being {@code null}.
     *
     * @param neverNull the members of the object itself in which {@code null} is refused, at any depth
     */
    public static Map<String, Object> parse(String text, Predicate<String> neverNull) {
        return new JsonParser(text, neverNull).parse();
    }

    /**
     * Writes an object of the kinds of value that {@link #parse} yields, numbers of any class included.
     *
     * @throws IllegalArgumentException if a value is of another class or not a finite number
     */
    public static String write(Map<String, ?> members) {
        var out = new StringBuilder();
        writeObject(members, out);
        return out.toString();
    }

    private static void writeValue(Object value, StringBuilder out) {
        if (value instanceof String text) {
            writeString(text, out);
        } else if (value instanceof Map<?, ?> members) {
            writeObject(members, out);
        } else if (value instanceof Iterable<?> elements) {
            writeArray(elements, out);
        } else if (value instanceof Boolean || isFiniteNumber(value)) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("no JSON form for a value of " + value.getClass());
        }
    }

    private static boolean isFiniteNumber(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    private static void writeObject(Map<?, ?> members, StringBuilder out) {
        out.append('{');
        var separator = "";
        for (var member : members.entrySet()) {
            out.append(separator);
            writeString(String.valueOf(member.getKey()), out);
            out.append(':');
            writeValue(member.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void writeArray(Iterable<?> elements, StringBuilder out) {
        out.append('[');
        var separator = "";
        for (var element : elements) {
            out.append(separator);
            writeValue(element, out);
            separator = ",";
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (mustEscape(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** Control characters by RFC 8259; the rest so that the text is inert inside HTML and script. */
    private static boolean mustEscape(char c) {
        return c < ' '
                || c == '<'
                || c == '>'
                || c == '&'
                || c == '\u2028'
                || c == '\u2029'
                || Character.isSurrogate(c);
    }
}
