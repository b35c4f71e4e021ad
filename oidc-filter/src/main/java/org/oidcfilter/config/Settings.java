// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.oidcfilter.ConfigurationException;

/**
 * What the sources say about each {@link Setting}, and every problem met on the way. A reader that meets a problem notes
 * it and goes on with a stand-in, so that {@link #throwProblems} can name all problems at once.
 */
final class Settings {
    /** Above the properties file (100), below environment (300) and system properties (400). */
    static final int INIT_PARAM_ORDINAL = 200;

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Looks up every setting; unknown names are problems already. */
    Settings(Config config, Map<String, String> initParams) {
        this(config, initParams, Map.of());
    }

    /** With values that count where nothing else says anything. */
    Settings(Config config, Map<String, String> initParams, Map<String, String> definition) {
        for (var setting : Setting.values()) {
            resolve(setting, config, Optional.ofNullable(initParams.get(setting.key())));
        }
        var said = Map.copyOf(values);
        var defined = new Defined(definition, setting -> Optional.ofNullable(said.get(setting)));
        for (var setting : Setting.values()) {
            defined.value(setting).ifPresent(value -> put(setting, value));
        }
        var names = new SettingNames(config.getPropertyNames(), initParams.keySet());
        problems.addAll(names.problems());
        warnings.addAll(names.warnings());
    }

    /** Whether the setting is set, be it to nonsense. */
    boolean has(Setting setting) {
        return values.containsKey(setting);
    }

    /** The value of a setting that may be absent. */
    <T> Optional<T> optional(Setting setting, Function<String, T> parser) {
        return Optional.ofNullable(values.get(setting)).flatMap(text -> parse(setting, text, parser));
    }

    /** The value of a setting that has to be there; {@code standIn} is never seen by anybody. */
    <T> T required(Setting setting, Function<String, T> parser, T standIn) {
        if (!has(setting)) {
            problem(setting, "is required");
        }
        return optional(setting, parser).orElse(standIn);
    }

    /** The value of a setting that has a default. */
    <T> T defaulted(Setting setting, Function<String, T> parser) {
        return optional(setting, parser)
                .orElseGet(() -> parser.apply(setting.defaultValue().orElseThrow()));
    }

    /** Notes what is wrong with a setting; {@code what} continues a sentence that begins with the key. */
    void problem(Setting setting, String what) {
        problems.add(setting.key() + " " + what);
    }

    /** Notes something that is allowed but deserves to be known. */
    void warning(String sentence) {
        warnings.add(sentence);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Ends the reading. */
    void throwProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private void resolve(Setting setting, Config config, Optional<String> initParam) {
        try {
            // Not getOptionalValue: it makes no difference between a value that is missing and one that is empty.
            resolve(setting, config.getConfigValue(setting.key()), initParam);
        } catch (IllegalArgumentException e) {
            unusable(setting, "refers by ${…} to itself"); // SmallRye gives up on what never ends
        } catch (NoSuchElementException e) {
            unusable(setting, "refers by ${…::…} to a handler of secrets that does not exist");
        }
    }

    private void resolve(Setting setting, ConfigValue configured, Optional<String> initParam) {
        var present = configured.getRawValue() != null || configured.getValue() != null;
        if (initParam.isPresent() && !(present && configured.getSourceOrdinal() > INIT_PARAM_ORDINAL)) {
            put(setting, initParam.get());
        } else if (configured.getValue() != null) {
            put(setting, configured.getValue());
        } else if (present) {
            unusable(setting, "refers by ${…} to something that is not set");
        }
    }

    private void unusable(Setting setting, String what) {
        values.put(setting, "");
        problem(setting, what);
    }

    private void put(Setting setting, String value) {
        if (value.isBlank()) {
            problem(setting, "is set but blank; remove it or give it a value");
        }
        values.put(setting, setting.isSecret() ? value : value.strip());
    }

    private <T> Optional<T> parse(Setting setting, String text, Function<String, T> parser) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException e) {
            problem(setting, e.getMessage() + (mayQuote(setting, text) ? ", not '" + text + "'" : ""));
            return Optional.empty();
        }
    }

    /** A value that refers to a secret by ${…} is one. */
    private boolean mayQuote(Setting setting, String text) {
        return setting.isQuotable()
                && values.entrySet().stream()
                        .filter(other ->
                                other.getKey().isSecret() && !other.getValue().isBlank())
                        .noneMatch(other -> text.contains(other.getValue()));
    }
}
