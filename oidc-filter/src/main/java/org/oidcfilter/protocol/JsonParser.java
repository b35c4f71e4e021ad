// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The strict reader behind {@link Json#parse}: the grammar of RFC 8259, one method per rule. */
final class JsonParser {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 64;

    /** So many fit into a {@code long} whatever they are. */
    private static final int MAX_PLAIN_DIGITS = 18;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String text;
    private final Predicate<String> neverNull;
    private int position;
    private int depth;

    /** Whether the value that is read belongs to a member that must not be {@code null}. */
    private boolean guarded;

    JsonParser(String text, Predicate<String> neverNull) {
        this.text = text;
        this.neverNull = neverNull;
    }

    Map<String, Object> parse() {
        skipWhitespace();
        var root = object();
        skipWhitespace();
        if (position < text.length()) {
            throw error("text after the object");
        }
        return root;
    }

    private @Nullable Object value() {
        skipWhitespace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> nothing();
            default -> number();
        };
    }

    private Map<String, Object> object() {
        enter('{');
        var members = new LinkedHashMap<String, Object>();
        Set<String> withoutContent = Set.of();
        while (more(members.isEmpty() && withoutContent.isEmpty(), '}')) {
            skipWhitespace();
            var name = string();
            if (members.containsKey(name) || withoutContent.contains(name)) {
                throw error("duplicate member");
            }
            skipWhitespace();
            expect(':');
            guarded = depth == 1 ? neverNull.test(name) : guarded;
            var value = value();
            if (value == null) {
                withoutContent = with(name, withoutContent);
            } else {
                members.put(name, value);
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private static Set<String> with(String name, Set<String> names) {
        var more = names.isEmpty() ? new HashSet<String>() : names;
        more.add(name);
        return more;
    }

    private List<Object> array() {
        enter('[');
        var elements = new ArrayList<>();
        boolean first = true;
        while (more(first, ']')) {
            first = false;
            Optional.ofNullable(value()).ifPresent(elements::add);
        }
        return Collections.unmodifiableList(elements);
    }

    private void enter(char open) {
        expect(open);
        if (++depth > MAX_DEPTH) {
            throw error("more than " + MAX_DEPTH + " levels");
        }
    }

    /** Moves to the next member or element, or past {@code close} if there is none. */
    private boolean more(boolean first, char close) {
        skipWhitespace();
        if (peek() == close) {
            position++;
            depth--;
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    private String string() {
        expect('"');
        int start = position;
        int end = start;
        while (end < text.length() && isPlain(text.charAt(end))) {
            end++;
        }
        position = end;
        return peek() == '"' ? text.substring(start, position++) : stringWithSpecials(start);
    }

    /** What needs no second look, as most of all characters. */
    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c);
    }

    private String stringWithSpecials(int start) {
        var string = new StringBuilder().append(text, start, position);
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw error("control character in a string");
            }
            string.append(c == '\\' ? escape() : c);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
            throw error("half of a surrogate pair");
        }
        return string.toString();
    }

    private char escape() {
        char c = next();
        if (c == 'u') {
            return unicodeEscape();
        }
        int known = ESCAPES.indexOf(c);
        if (known < 0) {
            throw error("unknown escape");
        }
        return ESCAPED.charAt(known);
    }

    private char unicodeEscape() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = next();
            if (!HexFormat.isHexDigit(c)) {
                throw error("unknown escape");
            }
            code = code * 16 + HexFormat.fromHexDigit(c);
        }
        return (char) code;
    }

    private Number number() {
        int end = position;
        while (end < text.length() && end - position < MAX_PLAIN_DIGITS && isDigit(text.charAt(end))) {
            end++;
        }
        if (end > position
                && text.charAt(position) != '0'
                && end < text.length()
                && ",} ]".indexOf(text.charAt(end)) >= 0) {
            long value = Long.parseLong(text, position, end, 10);
            position = end;
            return value;
        }
        return numberByPattern();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Number numberByPattern() {
        var matcher = NUMBER.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw error("not a value");
        }
        if (matcher.end() - position > MAX_NUMBER_LENGTH) {
            throw error("number too long");
        }
        position = matcher.end();
        if (matcher.start(1) < 0 && matcher.start(2) < 0) {
            return wholeNumber(matcher.group());
        }
        return fraction(matcher.group());
    }

    private Long wholeNumber(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException e) {
            throw error("number out of range");
        }
    }

    private Double fraction(String digits) {
        var number = Double.valueOf(digits);
        if (number.isInfinite()) {
            throw error("number out of range");
        }
        return number;
    }

    private @Nullable Boolean literal(String word, @Nullable Boolean value) {
        if (!text.startsWith(word, position)) {
            throw error("not a value");
        }
        position += word.length();
        return value;
    }

    private @Nullable Object nothing() {
        if (guarded) {
            throw error("null");
        }
        return literal("null", null);
    }

    private void skipWhitespace() {
        while (position < text.length() && isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isWhitespace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private void expect(char expected) {
        if (next() != expected) {
            position--;
            throw error("expected " + expected);
        }
    }

    private char next() {
        char c = peek();
        position++;
        return c;
    }

    private char peek() {
        if (position >= text.length()) {
            throw error("unexpected end");
        }
        return text.charAt(position);
    }

    private IllegalArgumentException error(String what) {
        return new IllegalArgumentException("not the JSON expected, at position " + position + ": " + what);
    }
}
