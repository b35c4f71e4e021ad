// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Ports of the loopback interface for servers that have to be told theirs. */
final class FreePorts {
    private static final int ATTEMPTS = 200;

    private FreePorts() {}

    /** One that nobody listens at, below the range from which systems take the ports of outgoing connections. */
    static int next() {
        return new Random()
                .ints(ATTEMPTS, 11_000, 32_000)
                .filter(FreePorts::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port"));
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
