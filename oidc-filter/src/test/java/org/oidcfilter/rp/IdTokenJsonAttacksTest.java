// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.oidcfilter.rp.IdTokenAttack.HEADER;
import static org.oidcfilter.rp.IdTokenAttack.added;
import static org.oidcfilter.rp.IdTokenAttack.claim;
import static org.oidcfilter.rp.IdTokenAttack.writtenBytes;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;

/** Group ID of docs/attacks.md: a genuine signature over something that two readers could read in two ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdTokenJsonAttacksTest {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final IdTokenAttack attack = IdTokenAttack.standard();

    @AfterAll
    void stop() {
        attack.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"sub\":\"admin\"",
                "\"\\u0073ub\":\"admin\"",
                "\"\\u0073\\u0075\\u0062\":\"admin\"",
                "\"sub\":null",
                "\"aud\":\"evil\"",
                "\"no\\u006ece\":\"x\"",
                "\"realm_access\":{\"roles\":[\"a\"],\"roles\":[\"b\"]}",
                "\"realm_access\":{\"roles\":[\"a\"],\"r\\u006fles\":[\"b\"]}",
                "\"x\":[{\"y\":1,\"y\":2}]",
                "\"x\":1,\"x\":1"
            })
    @Tag("ID-46")
    void refusesClaimsThatOccurTwice(String member) throws Exception {
        attack.refusesText(Reason.TOKEN_MALFORMED, added(member));
        attack.refusesText(Reason.TOKEN_MALFORMED, claims -> claims.replaceFirst("}$", "," + quoted(member) + "}"));
    }

    private static String quoted(String replacement) {
        return Matcher.quoteReplacement(replacement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"alg\":\"none\"",
                "\"alg\":\"RS256\"",
                "\"\\u0061lg\":\"none\"",
                "\"kid\":\"x\"",
                "\"typ\":\"at+jwt\"",
                "\"x\":{\"y\":1,\"\\u0079\":2}"
            })
    @Tag("ID-46")
    void refusesHeaderMembersThatOccurTwice(String member) throws Exception {
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, "{" + member + "," + HEADER.substring(1));
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, HEADER.replaceFirst("}$", "," + quoted(member) + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BOM%s",
                "%s x",
                "%s{}",
                "%s\u0000",
                "%s//comment",
                "%s/*comment*/",
                "/**/%s",
                "[%s]",
                "%s,",
                "x=%s",
                ")]}'\n%s",
                "\u00A0%s",
                "\u000B%s",
                ""
            })
    @Tag("ID-47")
    void refusesWhatIsNotJustOneObject(String pattern) throws Exception {
        var around = pattern.replace("BOM", BYTE_ORDER_MARK);
        attack.refusesText(Reason.TOKEN_MALFORMED, claims -> around.replace("%s", claims));
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, around.replace("%s", HEADER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "7", "true", "null", "NaN", "'x'", " "})
    @Tag("ID-47")
    void refusesARootOfAnotherKind(String root) throws Exception {
        attack.refusesText(Reason.TOKEN_MALFORMED, claims -> root);
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, root);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\":NaN",
                "\"x\":Infinity",
                "\"x\":-Infinity",
                "\"x\":undefined",
                "\"x\":TRUE",
                "\"x\":nul",
                "\"x\":01",
                "\"x\":+1",
                "\"x\":.5",
                "\"x\":1.",
                "\"x\":0x1F",
                "\"x\":1e",
                "\"x\":--1",
                "\"x\":'y'",
                "'x':1",
                "x:1",
                "\"x\":\"a\nb\"",
                "\"x\":\"a\tb\"",
                "\"x\":\"\\x41\"",
                "\"x\":\"\\u12\"",
                "\"x\":\"\\uD800\"",
                "\"x\":\"\\uDC00\\uD800\"",
                "\"\\uD800\":1",
                "\"x\":[1,]",
                "\"x\":[,1]",
                "\"x\":{\"y\":1,}",
                "\"x\":[1 2]",
                "\"x\" 1",
                "\"x\":1;\"y\":2",
                "/*c*/\"x\":1",
                ""
            })
    @Tag("ID-47")
    void refusesWhatOnlyResemblesJson(String member) throws Exception {
        attack.refusesText(Reason.TOKEN_MALFORMED, added(member));
        attack.refusesHeaderText(Reason.TOKEN_MALFORMED, added(member).apply(HEADER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "ISO-8859-1"})
    @Tag("ID-47")
    void refusesAnotherEncodingThanUtf8(String charset) throws Exception {
        var encoding = Charset.forName(charset);
        attack.refusesToken(Reason.TOKEN_MALFORMED, writtenBytes(bytes(HEADER), claims -> added("\"name\":\"Zoë\"")
                .apply(claims)
                .getBytes(encoding)));
        attack.refusesToken(
                Reason.TOKEN_MALFORMED,
                writtenBytes(added("\"x\":\"ë\"").apply(HEADER).getBytes(encoding), IdTokenJsonAttacksTest::bytes));
    }

    /** Overlong forms of a slash, a quote and NUL, surrogates, beyond Unicode, a byte alone, one too few. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "C0AF",
                "C0A2",
                "C080",
                "E08080",
                "EDA080",
                "EDA080EDB080",
                "F4908080",
                "FF",
                "80",
                "C3",
                "F88080808"
            })
    @Tag("ID-47")
    void refusesWhatIsNotWellFormedUtf8(String hex) throws Exception {
        var wrong = new BigInteger("1" + (hex.length() % 2 == 0 ? hex : hex + "0"), 16).toByteArray();
        attack.refusesToken(Reason.TOKEN_MALFORMED, writtenBytes(bytes(HEADER), claims -> {
            var text = new ByteArrayOutputStream();
            text.writeBytes(bytes("{\"name\":\""));
            text.write(wrong, 1, wrong.length - 1);
            text.writeBytes(bytes("\"," + claims.substring(1)));
            return text.toByteArray();
        }));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Tag("ID-46")
    void readsAClaimThatIsSpelledWithEscapesOnce() throws Exception {
        attack.believesToken(
                IdTokenAttack.written(HEADER, claims -> claims.replaceFirst("\"sub\"", quoted("\"\\u0073ub\""))));
        attack.refusesText(Reason.TOKEN_SUBJECT, claim("sub", "\"\\u0000\""));
    }
}
