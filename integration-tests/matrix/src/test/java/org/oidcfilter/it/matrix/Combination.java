// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import java.util.List;
import java.util.stream.Stream;

/** One of the ten columns of the table. */
record Combination(Server server, Mode mode) {
    static final List<Combination> ALL = Stream.of(Server.values())
            .flatMap(server -> Stream.of(Mode.values()).map(mode -> new Combination(server, mode)))
            .toList();

    String title() {
        return server.title + "<br>" + mode.title;
    }
}
