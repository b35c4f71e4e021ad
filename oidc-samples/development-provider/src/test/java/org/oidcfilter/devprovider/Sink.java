// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.List;

/** An HTTP server that answers 200 to everything and remembers what it got. */
final class Sink implements AutoCloseable {
    private final Recorder recorder = new Recorder();
    private final Server server = new Server("localhost", 0, recorder);

    Sink() {
        var routes = new Routes(new Lies());
        routes.add("POST", "/shop", request -> Reply.text(200, ""));
        server.start(routes);
    }

    String uri(String path) {
        return server.origin() + path;
    }

    List<Request> requests() {
        return recorder.all();
    }

    @Override
    public void close() {
        server.close();
    }
}
