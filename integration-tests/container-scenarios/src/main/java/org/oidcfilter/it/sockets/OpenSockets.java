// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.sockets;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open web sockets of each of the container's sessions, which closes them when it ends. */
@WebListener
public class OpenSockets implements HttpSessionListener, HttpSessionIdListener {
    private static final Map<String, Set<Ticket>> BY_SESSION = new ConcurrentHashMap<>();

    /** One connection, from its handshake on. */
    static final class Ticket {
        private @Nullable Session socket;
        private boolean over;

        /** Whether the session still lasts. */
        synchronized boolean open(Session opened) throws IOException {
            socket = opened;
            if (over) {
                close(opened);
            }
            return !over;
        }

        synchronized void end() {
            over = true;
            try {
                if (socket != null) {
                    close(socket);
                }
            } catch (IOException e) {
                // It is closed.
            }
        }

        private static void close(Session socket) throws IOException {
            socket.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "the session has ended"));
        }
    }

    /** To be called in the handshake. */
    static Ticket admit(HttpSession http) {
        Ticket ticket = new Ticket();
        BY_SESSION
                .computeIfAbsent(http.getId(), id -> ConcurrentHashMap.newKeySet())
                .add(ticket);
        try {
            http.getLastAccessedTime();
        } catch (IllegalStateException e) {
            ticket.end(); // it has just ended
        }
        return ticket;
    }

    static void forget(Ticket ticket) {
        BY_SESSION.values().forEach(tickets -> tickets.remove(ticket));
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        Set<Ticket> tickets = BY_SESSION.remove(event.getSession().getId());
        if (tickets != null) {
            tickets.forEach(Ticket::end);
        }
    }

    /** A login in another tab gives the session a new id. */
    @Override
    public void sessionIdChanged(HttpSessionEvent event, String oldId) {
        Set<Ticket> tickets = BY_SESSION.remove(oldId);
        if (tickets != null) {
            BY_SESSION
                    .computeIfAbsent(event.getSession().getId(), id -> ConcurrentHashMap.newKeySet())
                    .addAll(tickets);
        }
    }
}
