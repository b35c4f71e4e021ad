// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.oidcfilter.Outcome;

/** Carries a reply out on Jetty's own response: no servlet may write at the time that Jetty asks who somebody is. */
final class CoreReply {
    private CoreReply() {}

    static void write(Outcome.Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        var headers = response.getHeaders();
        reply.headers().forEach((name, value) -> {
            if (name.equals("Vary")) {
                headers.add(name, value); // others have theirs
            } else {
                headers.put(name, value);
            }
        });
        reply.cookies().forEach(cookie -> headers.add(HttpHeader.SET_COOKIE, cookie.header()));
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        var sent = response.getRequest().getMethod().equals("HEAD") ? 0 : body.length;
        response.write(true, ByteBuffer.wrap(body, 0, sent), callback);
    }
}
