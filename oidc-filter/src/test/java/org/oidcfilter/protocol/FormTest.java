// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.protocol.Refusal.assertRefused;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;

class FormTest {
    @Test
    void readsWhatBrowsersSend() {
        assertEquals(
                Map.of("code", "a b+c", "state", "ü/=&", "flag", "", "empty", ""),
                Form.parse("code=a+b%2Bc&state=%C3%bc%2F%3D%26&flag&&empty=").fields());
        assertEquals(Map.of(), Form.parse("").fields());
        assertEquals(Map.of("a", "b=c"), Form.parse("a=b=c").fields());
    }

    @Test
    void takesAParameterWithoutValueAsOmitted() {
        assertEquals(Optional.empty(), Form.parse("code=&state=x").get("code"));
        assertEquals(Optional.of("x"), Form.parse("code=&state=x").get("state"));
    }

    @Test
    void aNameMayBeEmptyAndATildeIsPlain() {
        assertEquals(Map.of("", "x", "~", "a~b"), Form.parse("=x&~=a~b").fields());
    }

    @Test
    void addsParametersThatWin() {
        var form = new Form(Map.of("a", "1", "client_id", "c1")).with(Map.of("client_id", "c2", "b", "2"));
        assertEquals(Map.of("a", "1", "b", "2", "client_id", "c2"), form.fields());
    }

    @ParameterizedTest
    @ValueSource(strings = {"code=A&code=B", "code=A&code=A", "code=A&c%6Fde=B", "code&code", "unknown=1&unknown=2"})
    void refusesAParameterThatIsRepeatedHoweverItIsSpelled(String encoded) {
        assertRefused(Reason.RESPONSE_DUPLICATE_PARAMETER, () -> Form.parse(encoded));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%+1",
                "a=%-1",
                "a=%FF",
                "a=%C0%80",
                "a=%ED%A0%80",
                "a= b",
                "a=ü",
                "a=\n",
                "%=a"
            })
    void refusesWrongEncoding(String encoded) {
        assertRefused(Reason.RESPONSE_MALFORMED, () -> Form.parse(encoded));
    }

    @Test
    @Tag("DS-09")
    void refusesMoreThan64Parameters() {
        assertEquals(64, Form.parse(parameters(64)).fields().size());
        assertRefused(Reason.RESPONSE_MALFORMED, () -> Form.parse(parameters(65)));
    }

    private static String parameters(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i + "=" + i).collect(Collectors.joining("&"));
    }

    @Test
    void writesWhatItReads() {
        var form = Form.parse("z=a+b%2Bc&a=%C3%BC%00&m=");
        assertEquals("z=a+b%2Bc&a=%C3%BC%00&m=", form.encode());
        assertEquals(List.of("z", "a", "m"), List.copyOf(form.fields().keySet()));
    }

    @Test
    void keepsTheEndpointsOwnQuery() {
        var form = new Form(Map.of("client_id", "c1"));
        assertEquals(
                "https://op.test/a?client_id=c1",
                form.appendTo(URI.create("https://op.test/a")).toString());
        assertEquals(
                "https://op.test/a?p=%2F&client_id=c1",
                form.appendTo(URI.create("https://op.test/a?p=%2F")).toString());
        assertEquals(
                "https://op.test/a?client_id=c1",
                form.appendTo(URI.create("https://op.test/a?")).toString());
    }

    @Test
    void neverSendsAParameterTwice() {
        var form = new Form(Map.of("client_id", "c1"));
        var endpoint = URI.create("https://op.test/a?client%5Fid=evil&p=1&client_id=evil");
        assertEquals(
                "https://op.test/a?p=1&client_id=c1", form.appendTo(endpoint).toString());
    }

    @Test
    void printsNamesOnly() {
        assertEquals("Form[code]", Form.parse("code=hidden").toString());
    }
}
