// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.sockets;

import jakarta.servlet.http.HttpSession;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Closes with the session of the handshake, whatever the container does: the pattern of docs/guides/sessions.md. */
@ServerEndpoint(value = "/sockets/bound", configurator = BoundSocket.Handshake.class)
public class BoundSocket {

    /** The last moment at which the container's session is at hand. */
    public static class Handshake extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            HttpSession http = (HttpSession) request.getHttpSession();
            config.getUserProperties().put("ticket", OpenSockets.admit(http));
        }
    }

    /** Greets the caller if the session has not ended meanwhile. */
    @OnOpen
    public void open(Session socket, EndpointConfig config) throws IOException {
        if (ticket(config.getUserProperties()).open(socket)) {
            socket.getBasicRemote().sendText("principal: " + PlainSocket.name(socket));
        }
    }

    /** Answers. */
    @OnMessage
    public String answer(String message) {
        return "echo: " + message;
    }

    /** Nothing is kept of a socket that has closed. */
    @OnClose
    public void close(Session socket) {
        OpenSockets.forget(ticket(socket.getUserProperties()));
    }

    private static OpenSockets.Ticket ticket(Map<String, Object> properties) {
        return (OpenSockets.Ticket) Objects.requireNonNull(properties.get("ticket"));
    }
}
