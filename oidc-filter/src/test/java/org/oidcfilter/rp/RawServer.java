// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server that says, octet by octet, what a test wants it to; remembers everything that it was sent. */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Answer answer;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Counted down when a client has gone before it got the whole answer. */
    final CountDownLatch abandoned = new CountDownLatch(1);

    /** What to answer; an exception or the return ends the connection. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out, Socket socket) throws IOException, InterruptedException;
    }

    private RawServer(Answer answer) {
        this.answer = answer;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::listen);
    }

    static RawServer answering(Answer answer) {
        return new RawServer(answer);
    }

    /** Answers with this text, a line break being CR LF. */
    static RawServer saying(String text) {
        return answering((out, socket) -> out.write(text.replace("\n", "\r\n").getBytes(ISO_8859_1)));
    }

    /** For requests that must never be made. */
    static RawServer sink() {
        return saying("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 2\nConnection: close\n\n{}");
    }

    /** Where nobody listens. */
    static URI closed() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    /** Head (but for its first octet) and body of each request. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
        for (var socket : new ArrayList<>(sockets)) {
            socket.close();
        }
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            requests.add(request(socket));
            answer.write(socket.getOutputStream(), socket);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            abandoned.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first octet of a handshake: there will be no line to read. */
    private static boolean isTls(Socket socket) throws IOException {
        return socket.getInputStream().read() == 0x16;
    }

    private static String request(Socket socket) throws IOException {
        if (isTls(socket)) {
            return "TLS";
        }
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        var text = new StringBuilder();
        int length = 0;
        for (@Nullable String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            text.append(line).append('\n');
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            text.append((char) in.read());
        }
        return text.toString();
    }

    /** Says nothing until the client goes away, or the test ends. */
    static void hang(OutputStream out, Socket socket) throws IOException, InterruptedException {
        if (socket.getInputStream().read() < 0) {
            throw new IOException("the client has gone");
        }
    }

    /** Writes {@code piece} again and again. */
    static void drip(OutputStream out, String piece) throws IOException, InterruptedException {
        while (true) {
            out.write(piece.getBytes(ISO_8859_1));
            out.flush();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
