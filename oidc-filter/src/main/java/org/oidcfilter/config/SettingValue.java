// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.util.Optional;

/**
 * What the value of a setting has to look like.
 *
 * @param type its kind
 * @param typeName its kind as the reference names it, in Markdown
 * @param required whether there is no way without it
 * @param defaultValue what holds when it is not set
 */
record SettingValue(Type type, String typeName, boolean required, Optional<String> defaultValue) {
    enum Type {
        URL("URL"),
        TEXT("text"),
        SECRET("secret"),
        SECRETS("list of secrets"),
        FILE("file name"),
        CHOICE("word"),
        PATH("path"),
        PATTERNS("list of patterns"),
        RULES("rules"),
        EXPRESSION("regular expression"),
        TABLE("table of roles"),
        CLASS("class name"),
        CLASSES("list of class names"),
        PARAMETERS("parameters"),
        CLAIMS("list of claims"),
        LIST("list"),
        DURATION("duration"),
        INTEGER("number"),
        BOOLEAN("`true`, `false`");

        private final String title;

        Type(String title) {
            this.title = title;
        }
    }

    static SettingValue required(Type type) {
        return new SettingValue(type, type.title, true, Optional.empty());
    }

    static SettingValue optional(Type type) {
        return new SettingValue(type, type.title, false, Optional.empty());
    }

    static SettingValue defaulted(Type type, String value) {
        return new SettingValue(type, type.title, false, Optional.of(value));
    }

    static SettingValue choice(Class<? extends Enum<?>> choices, String value) {
        var words = "`" + ChoiceFormat.words(choices, "`, `") + "`";
        return new SettingValue(Type.CHOICE, words, false, Optional.of(value));
    }
}
