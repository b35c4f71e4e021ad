// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A request over HTTP/2 whose header fields are sent as they are, pseudo header fields too, for what no client library
 * would send (RFC 9113).
 */
final class RawHttp2 {
    private static final int PATIENCE = 60_000;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    /** The whole field {@code :status: 200}, as every encoder writes it (RFC 7541, Appendix A). */
    private static final int STATUS_200 = 0x88;

    /** Names in the static table (RFC 7541, Appendix A). */
    private static final Map<String, Integer> INDEXED = Map.of(":authority", 1, ":method", 2, ":path", 4, ":scheme", 6);

    /**
     * What came back.
     *
     * @param ok whether the status is 200
     * @param body empty also where the server refused the stream or the connection
     */
    record Answer(boolean ok, String body) {}

    private record Field(String name, String value) {}

    private final URI server;
    private final SSLContext tls;
    private final List<Field> fields = new ArrayList<>();

    private RawHttp2(URI server, SSLContext tls) {
        this.server = server;
        this.tls = tls;
    }

    static RawHttp2 to(URI server, SSLContext tls) {
        return new RawHttp2(server, tls);
    }

    /** Adds a field, behind those that are there. */
    RawHttp2 field(String name, String value) {
        fields.add(new Field(name, value));
        return this;
    }

    Answer send() throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            if (!socket.getApplicationProtocol().equals("h2")) {
                throw new IOException("no HTTP/2 at " + server);
            }
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
            frame(out, SETTINGS, 0, 0, new byte[0]);
            frame(out, HEADERS, END_STREAM | END_HEADERS, 1, block());
            return read(new DataInputStream(socket.getInputStream()), out);
        }
    }

    /** Every field as a literal (RFC 7541, 6.2.2). Names of pseudo header fields by index: Tomcat refuses them otherwise. */
    private byte[] block() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (Field field : fields) {
            int index = INDEXED.getOrDefault(field.name(), 0);
            block.write(index);
            if (index == 0) {
                string(block, field.name());
            }
            string(block, field.value());
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest /= 128) {
                block.write(rest % 128 + 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
        out.flush();
    }

    private static Answer read(DataInputStream in, DataOutputStream out) throws IOException {
        boolean ok = false;
        StringBuilder body = new StringBuilder();
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                in.readInt();
                byte[] payload = new byte[length];
                in.readFully(payload);
                if (type == SETTINGS && (flags & ACK) == 0) {
                    frame(out, SETTINGS, ACK, 0, new byte[0]);
                } else if (type == HEADERS) {
                    ok = isOk(payload);
                } else if (type == DATA) {
                    body.append(new String(payload, ISO_8859_1));
                }
                boolean last = (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
                if (last || type == RST_STREAM || type == GOAWAY) {
                    return new Answer(ok, body.toString());
                }
            }
        } catch (EOFException | SocketException | SSLException closed) {
            return new Answer(ok, body.toString());
        }
    }

    /** The status comes first, but for changes of the size of the encoder's table: integers behind three bits (RFC 7541, 6.3). */
    private static boolean isOk(byte[] block) {
        int first = 0;
        while ((block[first] & 0xe0) == 0x20) {
            boolean more = (block[first] & 0x1f) == 0x1f;
            first++;
            while (more) {
                more = block[first] < 0;
                first++;
            }
        }
        return (block[first] & 0xff) == STATUS_200;
    }
}
