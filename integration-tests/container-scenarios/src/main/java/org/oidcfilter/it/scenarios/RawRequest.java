// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A request as it goes over the wire, byte for byte, for what no client library would send. Sends the headers of a
 * navigation unless told otherwise.
 *
 * @param target the request target, as it is
 */
record RawRequest(String method, String target, Map<String, String> headers, String body) {
    private static final int PATIENCE = 60_000;

    /** What came back, whatever it was. */
    record Answer(int status, List<String> headers, String body) {
        /** What gives away how something is made. */
        private static final List<String> TELLING = List.of(
                "org.oidcfilter",
                "jose4j",
                "Exception",
                "Caused by",
                "java.",
                "\tat ",
                "Tomcat",
                "Jetty",
                "WildFly",
                "Undertow",
                "JBoss");

        /** The value of a header, empty if there is none. */
        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse("");
        }

        /** Whether the filter answered. */
        boolean isOurs() {
            return header("X-Content-Type-Options").equals("nosniff");
        }

        /**
         * Nothing of our inside; and of our own replies no stack trace, no class and no product. The page for a request
         * that the server itself cannot read is its own affair, and so is what it says in {@code Server}.
         */
        void assertQuiet() {
            String all = headers.stream()
                            .filter(line -> !line.regionMatches(true, 0, "Server:", 0, 7))
                            .collect(Collectors.joining("\n"))
                    + "\n\n" + body;
            for (String telling : isOurs() ? TELLING : List.of("org.oidcfilter", "jose4j")) {
                assertFalse(all.contains(telling), () -> telling + " in " + all);
            }
        }
    }

    static RawRequest get(String target) {
        return new RawRequest(
                "GET",
                target,
                Map.of("Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document", "Accept", "text/html"),
                "");
    }

    RawRequest method(String other) {
        return new RawRequest(other, target, headers, body);
    }

    RawRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new RawRequest(method, target, more, body);
    }

    RawRequest form(String content) {
        return new RawRequest("POST", target, headers, content)
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    /** As {@code fetch} would send it. */
    RawRequest byScript() {
        return header("Sec-Fetch-Mode", "cors")
                .header("Sec-Fetch-Dest", "empty")
                .header("Accept", "*/*");
    }

    /** Sends it to the server of {@code application} and reads until the server closes the connection. */
    Answer to(URI application) {
        try (Socket socket = new Socket(application.getHost(), application.getPort())) {
            socket.setSoTimeout(PATIENCE);
            Thread writer = new Thread(() -> write(socket, text(application).getBytes(ISO_8859_1)));
            writer.start();
            return parsed(read(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + application, e);
        }
    }

    private String text(URI application) {
        StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: "
                + application.getAuthority() + "\r\nConnection: close\r\n");
        headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
        if (!body.isEmpty() || method.equals("POST")) {
            text.append("Content-Length: " + body.length() + "\r\n");
        }
        return text.append("\r\n" + body).toString();
    }

    /** A server that has read enough may stop listening. */
    private static void write(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            // The answer tells.
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                bytes.write(buffer, 0, length);
            }
        } catch (SocketException e) {
            // A server that stops reading resets the connection after its answer.
            if (bytes.size() == 0) {
                throw e;
            }
        }
        return bytes.toString(ISO_8859_1);
    }

    private static Answer parsed(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no answer: " + text);
        }
        List<String> head = text.substring(0, end).lines().toList();
        int status = Integer.parseInt(head.get(0).substring(9, 12));
        return new Answer(status, head.subList(1, head.size()), text.substring(end + 4));
    }
}
