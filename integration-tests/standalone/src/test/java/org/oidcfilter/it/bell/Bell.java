// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.bell;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** A socket at a path that needs a login. */
@ServerEndpoint("/bell")
public class Bell {
    @OnMessage
    public String ring(String text) {
        return text;
    }
}
