// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no answer, in our own words. Those of the JDK may quote what came, and that may be a token; so neither its
 * message nor the exception itself is handed on.
 */
final class NoAnswer extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 10;

    /** What is behind an exception, whichever comes first. */
    private static final List<Known> KNOWN = List.of(
            new Known(CertificateExpiredException.class, "the certificate of the host has expired"),
            new Known(CertificateNotYetValidException.class, "the certificate of the host is not valid yet"),
            new Known(CertPathBuilderException.class, "no authority that this JVM trusts vouches for the host"),
            new Known(CertPathValidatorException.class, "the certificate of the host was withdrawn or is too weak"),
            new Known(CertificateException.class, "the certificate is not one of this host"),
            new Known(SSLHandshakeException.class, "the host and this JVM agree on no way to encrypt"),
            new Known(SSLException.class, "the host does not speak TLS there, or spoke it wrongly"),
            new Known(UnknownHostException.class, "the name of the host is not known"),
            new Known(UnresolvedAddressException.class, "the name of the host is not known"),
            new Known(NoRouteToHostException.class, "there is no way to the host"),
            new Known(ConnectException.class, "nobody accepts connections there"),
            new Known(ProtocolException.class, "what came is no answer of HTTP"),
            new Known(EOFException.class, "the connection ended before the answer"),
            new Known(ClosedChannelException.class, "the connection ended before the answer"),
            new Known(SocketException.class, "the connection was lost"),
            new Known(InterruptedIOException.class, "interrupted while waiting"));

    private record Known(Class<? extends Throwable> kind, String words) {}

    /** @param words our own */
    NoAnswer(String words) {
        super(words);
    }

    /** In our words, whoever threw it. */
    static String problem(IOException failure) {
        return failure instanceof NoAnswer ? String.valueOf(failure.getMessage()) : words(failure);
    }

    /** The kind of {@code failure}, and what that means if we know it. */
    static String words(Throwable failure) {
        var kind = failure.getClass().getSimpleName();
        return meaning(failure).map(meaning -> kind + ": " + meaning).orElse(kind);
    }

    private static Optional<String> meaning(Throwable failure) {
        var chain = chain(failure);
        var ours = chain.stream().filter(NoAnswer.class::isInstance).map(cause -> String.valueOf(cause.getMessage()));
        var known = KNOWN.stream()
                .filter(entry -> chain.stream().anyMatch(entry.kind()::isInstance))
                .map(Known::words);
        return Stream.concat(ours, known).findFirst();
    }

    private static List<Throwable> chain(Throwable failure) {
        var chain = new ArrayList<Throwable>();
        for (@Nullable Throwable cause = failure; cause != null && chain.size() < DEEPEST; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
