// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.oidcfilter.rp.IdTokenAttack.HEADER;
import static org.oidcfilter.rp.IdTokenAttack.added;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Json;

/** Group ID of docs/attacks.md: an ID token that is not three parts of a reasonable size. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdTokenFormAttacksTest {
    private final IdTokenAttack attack = IdTokenAttack.standard();

    @AfterAll
    void stop() {
        attack.close();
    }

    @Test
    @Tag("ID-49")
    void refusesTheJsonSerializations() throws Exception {
        attack.refusesToken(Reason.TOKEN_MALFORMED, token -> Json.write(flattened(token)));
        attack.refusesToken(
                Reason.TOKEN_MALFORMED,
                token -> Json.write(
                        Map.of("payload", token.split("\\.", -1)[1], "signatures", List.of(flattened(token)))));
        attack.refusesAnswer(
                Reason.TOKEN_RESPONSE_INVALID,
                answer -> answer.computeIfPresent("id_token", (name, token) -> flattened(token.toString())));
        attack.refusesAnswer(
                Reason.TOKEN_RESPONSE_INVALID,
                answer -> answer.computeIfPresent("id_token", (name, token) -> List.of(token)));
    }

    private static Map<String, Object> flattened(String token) {
        var parts = token.split("\\.", -1);
        return Map.of("protected", parts[0], "payload", parts[1], "signature", parts[2]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s.",
                "%s.x",
                ".%s",
                "%s.x.x",
                "%s.x.x.x",
                " %s",
                "%s ",
                "x.x",
                "x",
                ".",
                "..",
                "...",
                "%s=",
                "%s==",
                "Bearer %s",
                "\"%s\"",
                "%s,%s",
                "%s %s"
            })
    @Tag("ID-49")
    void refusesWhatIsNotJustThreeParts(String pattern) throws Exception {
        attack.refusesToken(Reason.TOKEN_MALFORMED, token -> pattern.replace("%s", token));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "=", "+", "/", "%3D", "~", "\\"})
    @Tag("ID-49")
    void refusesASecondSpellingOfAPart(String character) throws Exception {
        attack.refusesToken(
                Reason.TOKEN_MALFORMED, token -> token.replaceFirst("\\.", Matcher.quoteReplacement(character + ".")));
        attack.refusesToken(
                Reason.TOKEN_MALFORMED, token -> token.replaceFirst("\\.", Matcher.quoteReplacement("." + character)));
        attack.refusesToken(Reason.TOKEN_MALFORMED, token -> token + character);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n%s", "%s\r\n", "%s\u0000", "%s\u00A0", "%s\u200B", "\t%s", ""})
    @Tag("ID-49")
    void refusesWhatIsNoTokenAtAll(String pattern) throws Exception {
        attack.refusesToken(Reason.TOKEN_RESPONSE_INVALID, token -> pattern.replace("%s", token));
    }

    @Test
    @Tag("ID-50")
    void refusesATokenBeyondMeasureBeforeItIsRead() throws Exception {
        attack.refusesClaim(Reason.TOKEN_MALFORMED, "pad", "x".repeat(64 * 1024));
        attack.refusesToken(Reason.TOKEN_MALFORMED, token -> ".".repeat(300_000));
        assertTimeout(
                Duration.ofSeconds(20),
                () -> attack.failsForAnOversizedAnswer((header, claims) -> claims.put("pad", "x".repeat(5 << 20))));
        attack.believes((header, claims) -> claims.put("pad", "x".repeat(40_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    @Tag("ID-50")
    void refusesATokenThatIsTooDeep(String open) throws Exception {
        var close = open.equals("[") ? "]" : "}";
        for (var depth : List.of(32, 1_000, 4_000)) {
            var deep = open.repeat(depth) + "1" + close.repeat(depth);
            attack.refusesText(Reason.TOKEN_MALFORMED, added("\"x\":" + deep));
            attack.refusesHeaderText(
                    Reason.TOKEN_MALFORMED, added("\"x\":" + deep).apply(HEADER));
        }
        attack.refusesText(Reason.TOKEN_MALFORMED, added("\"x\":" + "[".repeat(10_000)));
        attack.believesToken(IdTokenAttack.written(HEADER, added("\"x\":" + open.repeat(31) + "1" + close.repeat(31))));
    }
}
