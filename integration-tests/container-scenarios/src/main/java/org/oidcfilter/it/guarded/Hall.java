// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.guarded;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Leads to another resource, which has no annotations of its own. */
@Path("hall")
@RolesAllowed("admin")
public class Hall {
    @Path("room")
    public Room room() {
        return new Room("closed");
    }

    @Path("lobby")
    @PermitAll
    public Lobby lobby() {
        return new Lobby();
    }

    /** What is behind the closed way. */
    public static class Room {
        private final String name;

        Room(String name) {
            this.name = name;
        }

        @GET
        public String name() {
            return name;
        }
    }

    /** What is behind the open one. */
    public static class Lobby {
        @GET
        public String name() {
            return "open";
        }
    }
}
