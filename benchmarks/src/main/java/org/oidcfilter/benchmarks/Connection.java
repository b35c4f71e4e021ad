// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A browser's connection that costs next to nothing: a request in bytes out, an answer in bytes in. */
final class Connection implements AutoCloseable {
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final Socket socket;
    private byte[] buffer = new byte[64 * 1024];
    private int filled;

    Connection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(60_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer with its head. */
    record Answer(int status, String head, String body) {
        String header(String name) {
            var at = head.toLowerCase(java.util.Locale.ROOT)
                    .indexOf("\r\n" + name.toLowerCase(java.util.Locale.ROOT) + ":");
            if (at < 0) {
                return "";
            }
            var from = at + name.length() + 3;
            var end = head.indexOf("\r\n", from);
            return head.substring(from, end < 0 ? head.length() : end).strip();
        }
    }

    Answer exchange(byte[] request) {
        write(request);
        var end = head();
        var head = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
        var length = length(end);
        fill(end + length);
        var body = new String(buffer, end, length, StandardCharsets.UTF_8);
        drop(end + length);
        return new Answer(status(), head, body);
    }

    /** Sends a batch of {@code times} requests in one piece. Returns how many were not answered by 200. */
    int pipeline(byte[] batch, int times) {
        write(batch);
        var wrong = 0;
        for (int i = 0; i < times; i++) {
            var end = head();
            if (buffer[9] != '2') {
                wrong++;
            }
            drop(end + length(end));
        }
        return wrong;
    }

    private int lastStatus;

    private int status() {
        return lastStatus;
    }

    private int head() {
        for (int from = 0; ; ) {
            for (int i = Math.max(0, from - 3); i + 4 <= filled; i++) {
                if (buffer[i] == '\r' && Arrays.equals(buffer, i, i + 4, END, 0, 4)) {
                    lastStatus = (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
                    return i + 4;
                }
            }
            from = filled;
            fill(filled + 1);
        }
    }

    /** The servers here tell the length of each answer. */
    private int length(int end) {
        for (int i = 0; i < end - 16; i++) {
            if (buffer[i] == '\n'
                    && (buffer[i + 1] | 32) == 'c'
                    && (buffer[i + 9] | 32) == 'l'
                    && buffer[i + 15] == ':') {
                var length = 0;
                for (int at = i + 16; buffer[at] != '\r'; at++) {
                    length = buffer[at] == ' ' ? length : length * 10 + buffer[at] - '0';
                }
                return length;
            }
        }
        return 0;
    }

    private void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fill(int wanted) {
        try {
            InputStream in = socket.getInputStream();
            while (filled < wanted) {
                if (filled == buffer.length) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 2);
                }
                var read = in.read(buffer, filled, buffer.length - filled);
                if (read < 0) {
                    throw new IOException("the server has closed the connection");
                }
                filled += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drop(int bytes) {
        System.arraycopy(buffer, bytes, buffer, 0, filled - bytes);
        filled -= bytes;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
