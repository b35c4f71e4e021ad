// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads the body as a stream and says what arrived. */
@WebServlet({"/upload", "/public/upload"})
public class Upload extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** What a stream held. */
    record Content(long length, String sha256) {
        static Content of(InputStream stream) throws IOException {
            MessageDigest sha256 = digest();
            try (InputStream body = new DigestInputStream(stream, sha256)) {
                long length = body.transferTo(OutputStream.nullOutputStream());
                return new Content(length, HexFormat.of().formatHex(sha256.digest()));
            }
        }

        private static MessageDigest digest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Content content = Content.of(request.getInputStream());
        PrintWriter out = CallerReport.plainText(response);
        out.println("length: " + content.length());
        out.println("sha-256: " + content.sha256());
        new CallerReport(request).printTo(out);
    }
}
