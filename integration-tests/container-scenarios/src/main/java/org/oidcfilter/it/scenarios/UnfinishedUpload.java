// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

/** An upload of which no more than the beginning ever comes: who answers it has not waited for the rest. */
record UnfinishedUpload(URI target, Map<String, String> headers, String beginning) {
    private static final int PATIENCE = 20_000;
    private static final int PROMISED = 1 << 20;

    UnfinishedUpload {
        headers = Map.copyOf(headers);
    }

    /** The status of the answer. */
    int status() {
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            socket.setSoTimeout(PATIENCE);
            OutputStream out = socket.getOutputStream();
            out.write((head() + beginning).getBytes(ISO_8859_1));
            out.flush();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String line = in.readLine();
            if (line == null) {
                throw new AssertionError("no answer");
            }
            return Integer.parseInt(line.substring(9, 12));
        } catch (IOException e) {
            throw new UncheckedIOException("POST " + target, e);
        }
    }

    private String head() {
        StringBuilder head = new StringBuilder("POST " + target.getRawPath() + " HTTP/1.1\r\nHost: "
                + target.getAuthority() + "\r\nContent-Length: " + PROMISED + "\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        return head + "\r\n";
    }
}
