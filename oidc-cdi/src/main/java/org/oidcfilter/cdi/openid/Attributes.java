// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.config.Setting;

/** Reads the attributes of an annotation, with their expressions, and collects what they mean and what is wrong with them. */
final class Attributes {
    private static final Pattern WORDS = Pattern.compile("[,\\s]+");
    private static final Pattern COMMAS = Pattern.compile("\\s*,\\s*");

    private final Expressions expressions;
    private final Map<String, String> settings = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    Attributes(Expressions expressions) {
        this.expressions = expressions;
    }

    /** A comma in an element of a list. */
    static String escaped(String element) {
        return element.replace(",", "\\,");
    }

    /** @throws ConfigurationException with all problems, if there are any */
    Map<String, String> settings() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return settings;
    }

    /** What is empty is not set. */
    void put(Setting setting, String value) {
        if (!value.isBlank()) {
            settings.put(setting.key(), value);
        }
    }

    /** Notes what is wrong with an attribute; {@code what} continues a sentence that begins with its name. */
    void problem(String attribute, String what) {
        problems.add("@OpenIdAuthenticationMechanismDefinition: " + attribute + " " + what);
    }

    String text(String attribute, String text) {
        return orProblem(attribute, () -> expressions.text(text), "");
    }

    /** A page of the application. */
    Place place(String attribute, String text, String contextPath) {
        return orProblem(
                attribute, () -> Place.of(expressions.text(text), contextPath), new Place("/", Optional.empty()));
    }

    /** The expression wins, if there is one. */
    boolean flag(String attribute, boolean value, String expression) {
        return expression.isEmpty()
                ? value
                : orProblem(attribute, () -> Boolean.valueOf(word(expression, "true|false")), value);
    }

    /** The expression wins, if there is one. */
    int number(String attribute, int value, String expression) {
        return expression.isEmpty()
                ? value
                : orProblem(attribute, () -> Integer.valueOf(word(expression, "\\d{1,9}")), value);
    }

    /** Words: those of the expression, in whatever kind of collection or separated by commas or spaces, if there is one. */
    List<String> list(String attribute, List<String> values, String expression) {
        return orProblem(attribute, () -> elements(values, expression, WORDS), List.of());
    }

    /** The same, of texts that commas separate. */
    List<String> parameters(String attribute, List<String> values, String expression) {
        return orProblem(attribute, () -> elements(values, expression, COMMAS), List.of());
    }

    private String word(String expression, String pattern) {
        var word = String.valueOf(expressions.value(expression)).strip().toLowerCase(Locale.ROOT);
        if (!word.matches(pattern)) {
            throw new IllegalArgumentException("is an expression that yields something else");
        }
        return word;
    }

    private List<String> elements(List<String> values, String expression, Pattern separator) {
        if (expression.isEmpty()) {
            return values.stream().map(expressions::text).toList();
        }
        var value = expressions.value(expression);
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(String::valueOf).toList();
        }
        return value instanceof Collection<?> many
                ? many.stream().map(String::valueOf).toList()
                : separator
                        .splitAsStream(value.toString().strip())
                        .filter(element -> !element.isEmpty())
                        .toList();
    }

    private <T> T orProblem(String attribute, Supplier<T> reading, T standIn) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            problem(attribute, String.valueOf(e.getMessage()));
            return standIn;
        }
    }
}
