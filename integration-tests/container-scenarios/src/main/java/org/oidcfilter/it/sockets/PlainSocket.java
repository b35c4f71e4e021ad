// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.sockets;

import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.security.Principal;
import java.util.Objects;
import org.oidcfilter.AccessTokenException;
import org.oidcfilter.Caller;
import org.oidcfilter.Reason;

/** Says who the caller is and then what it is told; whether it closes with the session is left to the container. */
@ServerEndpoint("/sockets/plain")
public class PlainSocket {

    /** Greets the caller. */
    @OnOpen
    public void open(Session socket) throws IOException {
        socket.getBasicRemote().sendText("principal: " + name(socket));
    }

    /** Answers; {@code over?} asks whether the session of the caller still lasts. */
    @OnMessage
    public String answer(String message, Session socket) {
        return message.equals("over?") ? "over: " + isOver(socket) : "echo: " + message;
    }

    private static boolean isOver(Session socket) {
        try {
            ((Caller) Objects.requireNonNull(socket.getUserPrincipal())).accessToken();
            return false;
        } catch (AccessTokenException e) {
            return e.reason() == Reason.SESSION_OVER;
        }
    }

    static String name(Session socket) {
        Principal principal = socket.getUserPrincipal();
        return principal == null ? "anonymous" : principal.getName();
    }
}
