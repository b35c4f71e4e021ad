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

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        MessageDigest sha256 = sha256();
        long length;
        try (InputStream body = new DigestInputStream(request.getInputStream(), sha256)) {
            length = body.transferTo(OutputStream.nullOutputStream());
        }
        PrintWriter out = CallerReport.plainText(response);
        out.println("length: " + length);
        out.println("sha-256: " + HexFormat.of().formatHex(sha256.digest()));
        new CallerReport(request).printTo(out);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
