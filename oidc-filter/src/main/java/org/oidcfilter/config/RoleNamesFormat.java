// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How the table of roles is written: {@code name = role, role; 'CN=A, OU=B' = role}. As in every list {@code \,} is a comma; a
 * name with other marks of punctuation stands in single quotes, in which a single quote is written twice.
 */
final class RoleNamesFormat {
    private static final String MARKS = ",;=";

    private final String text;
    private int at;

    private RoleNamesFormat(String text) {
        this.text = text;
    }

    static Map<String, Set<String>> parse(String text) {
        return new RoleNamesFormat(text).table();
    }

    private Map<String, Set<String>> table() {
        var table = new HashMap<String, Set<String>>();
        do {
            var name = name();
            require('=');
            if (table.put(name, roles()) != null) {
                throw new IllegalArgumentException("must name " + name + " once, with all its roles");
            }
        } while (skip(';') && !atEnd());
        if (!atEnd()) {
            throw malformed();
        }
        return table;
    }

    private Set<String> roles() {
        var roles = new HashSet<String>();
        do {
            roles.add(name());
        } while (skip(','));
        return Set.copyOf(roles);
    }

    private String name() {
        return RoleName.valid(skip('\'') ? quoted() : plain());
    }

    private String quoted() {
        var name = new StringBuilder();
        do {
            var end = text.indexOf('\'', at);
            if (end < 0) {
                throw new IllegalArgumentException("must end each name with the single quote that it begins with");
            }
            name.append(text, at, end);
            at = end + 1;
        } while (continues(name));
        return name.toString();
    }

    /** A quote twice is one of the name. */
    private boolean continues(StringBuilder name) {
        var twice = at < text.length() && text.charAt(at) == '\'';
        if (twice) {
            name.append('\'');
            at++;
        }
        return twice;
    }

    private String plain() {
        var name = new StringBuilder();
        while (at < text.length() && MARKS.indexOf(text.charAt(at)) < 0) {
            if (text.startsWith("\\,", at)) {
                at++;
            }
            name.append(text.charAt(at));
            at++;
        }
        return name.toString().strip();
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private void require(char mark) {
        if (!skip(mark)) {
            throw malformed();
        }
    }

    /** Passes over white space, and over {@code mark} if it comes next. */
    private boolean skip(char mark) {
        while (!atEnd() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        var found = !atEnd() && text.charAt(at) == mark;
        if (found) {
            at++;
        }
        return found;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("must be a table such as name = role, role; 'a name with = and ;' = role");
    }
}
