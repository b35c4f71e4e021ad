// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Reason;
import org.oidcfilter.Repository;
import org.oidcfilter.config.Setting;

/** Every reason is explained. Run it with {@code -Ddocs.write=true} to write the reference anew. */
class ErrorReferenceTest {
    private static final Pattern SETTING = Pattern.compile("oidc\\.[a-z-]+");

    @Test
    void everyReasonIsExplainedOnce() {
        var missing = EnumSet.allOf(Reason.class);
        for (var explanation : explanations()) {
            assertTrue(missing.remove(explanation.reason()), explanation.reason() + " is explained twice");
        }
        assertEquals(
                EnumSet.noneOf(Reason.class),
                missing,
                "without cause and remedy: add them to one of RequestReasons, ResponseReasons, ProviderReasons, TokenReasons");
    }

    @Test
    void theReferenceSaysWhatTheCodeDoes() throws IOException {
        Repository.assertUpToDate(Repository.root().resolve("docs/errors.md"), ErrorReference.text(), "docs.write");
    }

    @Test
    void everyReasonIsSomethingThatCanHappen() throws IOException {
        var sources = Repository.sources("oidc-filter/src/main/java");
        var explaining = List.of("RequestReasons", "ResponseReasons", "ProviderReasons", "TokenReasons");
        sources.keySet().removeAll(explaining);
        var code = String.join("\n", sources.values());
        for (var reason : Reason.values()) {
            assertTrue(
                    Pattern.compile("Reason\\." + reason + "\\b(?!\\})")
                            .matcher(code)
                            .find(),
                    "never given: " + reason);
        }
    }

    @Test
    void anOperatorReadsSentencesAndSettingsThatExist() {
        var known = Stream.of(Setting.values()).map(Setting::key).toList();
        for (var explanation : explanations()) {
            for (var text : List.of(explanation.cause(), explanation.remedy())) {
                assertTrue(text.matches("(?s)[`A-Z].*[^ ]\\."), text);
                SETTING.matcher(text).results().forEach(key -> assertTrue(known.contains(key.group()), key.group()));
            }
        }
    }

    private static List<Explanation> explanations() {
        return Catalogue.GROUPS.stream()
                .flatMap(group -> group.explanations().stream())
                .toList();
    }
}
