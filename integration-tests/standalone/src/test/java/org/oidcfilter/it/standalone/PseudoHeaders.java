// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Ways round a login by pseudo header fields that contradict themselves or each other (RFC 9113, 8.3). */
record PseudoHeaders(URI shop, SSLContext tls) {
    void hideNothing(String cookies) throws IOException {
        RawHttp2.Answer open = request("GET", shop.getPath() + "public/hello").send();
        assertTrue(open.ok());
        assertEquals("hello", open.body());
        RawHttp2.Answer seen = request("GET", desk()).field("cookie", cookies).send();
        assertTrue(seen.ok() && seen.body().contains("TREASURE"), "who is logged in sees it");
        for (String path : List.of(
                desk(),
                desk().substring(1),
                shop + "desk",
                "//" + shop.getAuthority() + desk(),
                desk() + "#/public/hello",
                shop.getPath() + "public\\..\\desk",
                shop.getPath() + "public/hello/../../desk",
                desk() + " /public/hello",
                desk() + "\u0000",
                "")) {
            assertShut(request("GET", path), path);
        }
        String hello = shop.getPath() + "public/hello";
        assertShut(request("GET", desk()).field(":path", hello), "two paths");
        assertShut(request("GET", desk()).field("x-original-url", hello), "another header");
        assertShut(request("get", desk()), "another method");
        assertShut(request("HEAD", desk()).field(":method", "GET"), "two methods");
        assertShut(request("GET", desk()).field("host", "elsewhere.example"), "two hosts");
        assertShut(request("GET", desk()).field(":protocol", "websocket"), "another protocol");
        assertShut(to().field(":method", "GET").field(":path", desk()), "no scheme");
        assertShut(to().field(":path", hello).field("cookie", "x").field(":path", desk()), "behind a field");
        assertShut(to().field(":method", "CONNECT").field(":authority", shop.getAuthority() + desk()), "a tunnel");
    }

    private static void assertShut(RawHttp2 request, String what) throws IOException {
        RawHttp2.Answer answer = request.send();
        assertFalse(answer.ok(), what);
        assertFalse(answer.body().contains("TREASURE"), what);
    }

    private RawHttp2 request(String method, String path) {
        return to().field(":method", method)
                .field(":scheme", "https")
                .field(":authority", shop.getAuthority())
                .field(":path", path)
                .field("accept", "text/html")
                .field("sec-fetch-mode", "navigate");
    }

    private RawHttp2 to() {
        return RawHttp2.to(shop, tls);
    }

    private String desk() {
        return shop.getPath() + "desk";
    }
}
