// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Outcome.Proceed;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.SetCookie;

class OutcomeWriterTest {
    private static final SetCookie ONE = new SetCookie("one", "1", "/", Duration.ofMinutes(1), true);
    private static final SetCookie OTHER = new SetCookie("other", "", "/app", Duration.ZERO, false);

    private final Exchange exchange = new Exchange();

    private void write(Reply reply) throws IOException {
        OutcomeWriter.write(exchange.request(), exchange.response(), reply);
    }

    @Test
    void writesStatusHeadersAndEveryCookie() throws IOException {
        write(new Reply(302, Map.of("Location", "https://id.example/"), List.of(ONE, OTHER), ""));
        assertEquals(List.of("resetBuffer", "setStatus 302", "setContentLength 0"), exchange.calls);
        assertEquals("https://id.example/", exchange.header("Location"));
        assertEquals(List.of(ONE.header(), OTHER.header()), exchange.headers.get("Set-Cookie"));
        assertEquals(0, exchange.body.size());
    }

    @Test
    void writesTheBodyInUtf8WithItsLengthInBytes() throws IOException {
        write(new Reply(200, Map.of("Content-Type", "text/html;charset=UTF-8"), List.of(), "caf\u00e9"));
        assertEquals("caf\u00e9", exchange.body.toString(StandardCharsets.UTF_8));
        assertEquals(List.of("resetBuffer", "setStatus 200", "setContentLength 5"), exchange.calls);
    }

    @Test
    void answersHeadWithTheLengthButWithoutTheBody() throws IOException {
        exchange.with("getMethod", "HEAD");
        write(new Reply(400, Map.of(), List.of(), "sorry"));
        assertEquals(List.of("resetBuffer", "setStatus 400", "setContentLength 5"), exchange.calls);
        assertEquals(0, exchange.body.size());
    }

    @Test
    void refusesToWriteOnceTheResponseIsOnItsWay() {
        exchange.committed = true;
        assertThrows(
                IllegalStateException.class, () -> write(new Reply(302, Map.of("Location", "/"), List.of(ONE), "")));
        assertEquals(List.of(), exchange.calls);
        assertEquals(Map.of(), exchange.headers);
    }

    @Test
    void preparesAResponseThatTheApplicationWillWrite() {
        OutcomeWriter.prepare(
                exchange.response(),
                new Proceed(Optional.empty(), Map.of("Cache-Control", "no-store"), List.of(ONE, OTHER)));
        assertEquals("no-store", exchange.header("Cache-Control"));
        assertEquals(List.of(ONE.header(), OTHER.header()), exchange.headers.get("Set-Cookie"));
        assertEquals(List.of(), exchange.calls);
    }

    @Test
    void leavesWhatOthersVaryBy() {
        exchange.headers.put("Vary", List.of("Origin"));
        OutcomeWriter.prepare(exchange.response(), new Proceed(Optional.empty(), Map.of("Vary", "Cookie"), List.of()));
        assertEquals("Origin, Cookie", exchange.header("Vary"));
    }
}
