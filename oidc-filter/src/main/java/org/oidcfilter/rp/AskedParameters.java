// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.LoginParameters;
import org.oidcfilter.protocol.Printable;

/**
 * What whoever calls the login endpoint may ask for (OpenID Connect Core 3.1.2.1 and 4). Anybody can make a browser call it,
 * so it can make a login stronger or more convenient, never weaker than what is configured here; all other parameters are
 * left out. What the provider asks for by its own defaults is none of ours: it can be undercut where nothing is configured.
 */
final class AskedParameters {
    private static final int MAX_LENGTH = 256;
    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Pattern LOCALES = Pattern.compile("[A-Za-z0-9-]+(?: [A-Za-z0-9-]+)*");
    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account", "create");
    private static final Set<String> DISPLAYS = Set.of("page", "popup", "touch", "wap");

    private AskedParameters() {}

    /**
     * Reads them.
     *
     * @param rules what is asked for anyway
     * @param path where the login leads
     * @return what is asked for there, and what {@code form} asks for
     * @throws InvalidResponseException with {@link Reason#LOGIN_PARAMETER} if a value is not one that can be
     */
    static LoginParameters added(LoginRules rules, String path, Form form) {
        var configured = rules.at(path);
        var others = new LinkedHashMap<String, String>();
        copy(form, "login_hint", others, Printable::isOneLine);
        copy(form, "ui_locales", others, locales -> LOCALES.matcher(locales).matches());
        copy(form, "display", others, DISPLAYS::contains);
        var prompt = words(form.get("prompt"));
        check("prompt", PROMPTS.containsAll(prompt) && (prompt.size() < 2 || !prompt.contains("none")));
        var acrValues = words(form.get("acr_values"));
        check(
                "acr_values",
                rules.askSomewhereFor(acrValues) || (configured.acrValues().isEmpty() && arePlain(acrValues)));
        return configured.and(new LoginParameters(
                configured.prompt().isEmpty() ? prompt : List.of(), maxAge(form), acrValues, List.of(), others));
    }

    private static void copy(Form form, String name, Map<String, String> to, Predicate<String> accepted) {
        var value = form.get(name);
        check(
                name,
                value.map(text -> text.length() <= MAX_LENGTH && accepted.test(text))
                        .orElse(true));
        value.ifPresent(text -> to.put(name, text));
    }

    private static boolean arePlain(List<String> words) {
        var text = String.join(" ", words);
        return text.length() <= MAX_LENGTH && Printable.isPrintableAscii(text);
    }

    private static List<String> words(Optional<String> value) {
        return value.map(text -> SPACE.splitAsStream(text)
                        .filter(word -> !word.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    private static Optional<Duration> maxAge(Form form) {
        var value = form.get("max_age");
        check("max_age", value.map(text -> SECONDS.matcher(text).matches()).orElse(true));
        return value.map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private static void check(String name, boolean fine) {
        if (!fine) {
            throw new InvalidResponseException(
                    Reason.LOGIN_PARAMETER, "a login was asked for with a value of " + name + " that cannot be");
        }
    }
}
