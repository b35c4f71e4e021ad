// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.oidcfilter.it.process.Prerequisite;
import org.oidcfilter.it.process.ServerProcess;

/** A certificate and its key, {@code shop.crt} and {@code shop.key}, and who believes it. */
record Certificate(SSLContext believers) {
    private static final Path PROGRAM = Path.of("/usr/bin/openssl");

    /** Lets tests run where OpenSSL is, which the guides call. */
    static final class Tool implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Prerequisite.require(
                    Files.isExecutable(PROGRAM), "The Debian package openssl is needed: no " + PROGRAM);
        }
    }

    /** Makes them, for the loopback address, in {@code folder}. */
    static Certificate in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        ProcessBuilder command = new ProcessBuilder(
                        PROGRAM.toString(),
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-noenc",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-keyout",
                        "shop.key",
                        "-out",
                        "shop.crt")
                .directory(folder.toFile());
        ServerProcess.run(command, Path.of("target", "openssl.log"), Duration.ofMinutes(1));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream file = Files.newInputStream(folder.resolve("shop.crt"))) {
            store.setCertificateEntry(
                    "shop", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return new Certificate(context);
    }
}
