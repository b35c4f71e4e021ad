// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.sockets;

import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;

/** A socket for everybody. */
@ServerEndpoint("/public/sockets/plain")
public class PublicSocket {

    /** Greets whoever comes. */
    @OnOpen
    public void open(Session socket) throws IOException {
        socket.getBasicRemote().sendText("principal: " + PlainSocket.name(socket));
    }

    /** Answers. */
    @OnMessage
    public String answer(String message) {
        return "echo: " + message;
    }
}
