// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.oidcfilter.config.Setting;
import org.oidcfilter.config.SettingGroup;

/** Writes {@code docs/configuration.md}. */
final class ConfigurationReference {
    private static final List<Setting> IN_THE_EXAMPLE = List.of(
            Setting.ISSUER,
            Setting.CLIENT_ID,
            Setting.CLIENT_SECRET,
            Setting.EXTERNAL_URL,
            Setting.PUBLIC_PATHS,
            Setting.PATH_RULES,
            Setting.ROLES_CLAIM,
            Setting.POST_LOGOUT_PATH,
            Setting.SESSION_IDLE_TIMEOUT,
            Setting.COOKIE_KEYS);

    private static final String INTRODUCTION = """
            <!--
              Generated from org.oidcfilter.config.Setting; change it there, then run
              ./mvnw -pl oidc-filter -am test -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true
            -->
            # Configuration

            Two settings are required, `${issuer}` and `${client}`, and most clients also have a secret, `${secret}`.
            Everything else has a default.

            ## Where settings come from

            OIDC Filter reads its settings once, at start, through MicroProfile Config. Where several sources have the
            same setting, the one with the highest ordinal wins.

            | Ordinal | Source | How the key is written |
            |---:|---|---|
            | 400 | system properties | `-D${issuer}=…` |
            | 300 | environment variables | `${issuerVariable}=…` |
            | 200 | `<init-param>` of the filter in `web.xml` | `<param-name>${issuer}</param-name>` |
            | 100 | `META-INF/microprofile-config.properties` on the class path | `${issuer}=…` |

            Further sources that the server or the application brings (files, vaults …) take part with their own
            ordinals. Except in an `<init-param>`, `${name}` within a value stands for the value of another setting, and
            `$$` for a `$`.

            At start **every** problem is reported at once, and the application does not start with any:

            - a value that is not what the tables below ask for;
            - a value that is set but blank: remove the setting instead;
            - a key that begins with `oidc.` and is none of these, with the nearest name that is. A strange environment
              variable `OIDC_…` is a warning only.

            Secrets are never printed.

            ## How values are written

            - **Lists** are separated by commas, rules by semicolons; white space around elements does not count.
              `\\,` is a comma within an element. In a property file every backslash is written twice.
            - **Durations** are such as `500ms`, `30s`, `10m`, `8h`, `1d`, or ISO 8601 such as `PT10M`.
            - **URLs** use `https`. Plain `http` is for this machine only: `localhost`, `*.localhost`, `127.0.0.0/8` and
              `[::1]`.
            - **Paths** and **patterns** are relative to the context path. Upper and lower case differ. A pattern is an
              exact path (`/page`), a folder with everything in it (`/folder/*`), an extension (`*.css`) or everything
              (`/*`); `/` is the start page alone.

            ## A complete example

            ```properties
            ${example}
            ```
            """;

    private ConfigurationReference() {}

    static String text() {
        var groups = Arrays.stream(SettingGroup.values())
                .map(ConfigurationReference::section)
                .collect(Collectors.joining());
        return introduction() + groups;
    }

    /** The complete example, in the format of property files. */
    static String example() {
        return IN_THE_EXAMPLE.stream()
                .map(setting -> setting.key() + "=" + setting.example())
                .collect(Collectors.joining("\n"));
    }

    private static String introduction() {
        return INTRODUCTION
                .replace("${issuer}", Setting.ISSUER.key())
                .replace("${issuerVariable}", Setting.ISSUER.environmentVariable())
                .replace("${client}", Setting.CLIENT_ID.key())
                .replace("${secret}", Setting.CLIENT_SECRET.key())
                .replace("${example}", example());
    }

    private static String section(SettingGroup group) {
        return "\n## " + group.title() + "\n\n| Setting | Type | Default | Meaning |\n|---|---|---|---|\n"
                + Arrays.stream(Setting.values())
                        .filter(setting -> setting.group() == group)
                        .map(ConfigurationReference::row)
                        .collect(Collectors.joining());
    }

    private static String row(Setting setting) {
        var cells = List.of(
                "`" + setting.key() + "`<br>`" + setting.environmentVariable() + "`",
                setting.type(),
                setting.defaultValue()
                        .map(value -> "`" + value + "`")
                        .orElse(setting.isRequired() ? "**required**" : "none"),
                setting.description() + "<br>Example: `" + setting.example() + "`");
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
