// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.SetCookie;

/**
 * The one place that turns failures into replies. The browser sees a stable code and a reference id, the log the reason;
 * neither sees a token. No reply leads anywhere by itself.
 */
final class Failures {
    private static final Logger LOG = System.getLogger("org.oidcfilter");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> BUSY = Set.of("temporarily_unavailable", "server_error");

    /** What a page offers: a retry of the login that failed, if any, and the cookies to set. */
    record Way(Optional<String> retryTo, Optional<SetCookie> cookie) {
        static final Way NONE = new Way(Optional.empty(), Optional.empty());
    }

    private record Told(int status, Reason reason, String reference) {}

    Reply reply(OidcRequest request, Site site, OidcException failure, Way way) {
        var reference = logged(failure);
        var reply = reply(request, site, new Told(status(failure), failure.reason(), reference), way);
        return failure instanceof ProviderUnavailableException unavailable
                ? Replies.withHeader(reply, "Retry-After", seconds(unavailable))
                : reply;
    }

    /** For what should not happen: the reply says nothing of the exception, the log everything but its message. */
    Reply internal(OidcRequest request, Site site, RuntimeException failure, Way way) {
        var reference = reference();
        LOG.log(Level.ERROR, () -> "[" + reference + "] " + Reason.INTERNAL.code() + " " + trace(failure));
        return reply(request, site, new Told(500, Reason.INTERNAL, reference), way);
    }

    private static Reply reply(OidcRequest request, Site site, Told told, Way way) {
        var code = told.reason().code();
        var reply = Navigation.isNavigation(request)
                ? Replies.page(told.status(), page(site, told, way), List.of())
                : Replies.json(told.status(), Map.of("error", code, "reference", told.reference()));
        return Replies.withCookies(reply, way.cookie().stream().toList());
    }

    private static Page page(Site site, Told told, Way way) {
        var retry = way.retryTo().map(returnTo -> site.login() + "?return_to=" + Login.encoded(returnTo));
        return Page.failure(told.reason(), told.reference(), new Page.Links(retry, site.home()));
    }

    private static int status(OidcException failure) {
        if (failure instanceof ProviderUnavailableException) {
            return 503;
        }
        if (failure instanceof ProviderErrorException provider) {
            return BUSY.contains(provider.error()) ? 503 : refused(provider);
        }
        return failure instanceof ConfigurationException ? 500 : status(failure.reason());
    }

    private static int refused(ProviderErrorException failure) {
        return failure.error().equals("access_denied") ? 403 : 400;
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case FORBIDDEN, INSECURE_TRANSPORT -> 403;
            case LOGIN_REQUIRED -> 401;
            case METHOD_NOT_ALLOWED -> 405;
            case TOO_LARGE -> 413;
            default -> 400;
        };
    }

    /** A missing role is everyday business; everything else is worth a look. */
    private static String logged(OidcException failure) {
        var reference = reference();
        var level = failure.reason() == Reason.FORBIDDEN ? Level.DEBUG : Level.WARNING;
        LOG.log(
                level,
                () -> "[" + reference + "] " + failure.reason().code() + ": "
                        + printable(String.valueOf(failure.getMessage())));
        return reference;
    }

    private static String seconds(ProviderUnavailableException failure) {
        return Long.toString(Math.max(1, failure.retryAfter().toSeconds()));
    }

    private static String reference() {
        var bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** One line, whatever a message was made of. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .limit(1000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Where it happened, without the message, which could hold anything. */
    private static String trace(RuntimeException failure) {
        var text = new StringBuilder(failure.getClass().getName());
        for (var frame : failure.getStackTrace()) {
            text.append(System.lineSeparator()).append("    at ").append(frame);
        }
        return text.toString();
    }
}
