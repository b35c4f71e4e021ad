// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.SetCookie;
import org.oidcfilter.SharedStateException;

/**
 * The one place that turns failures into replies. The browser sees a stable code and a reference id; the log has one entry
 * with both, what was expected and came, and what to do. Neither sees a token. No reply leads anywhere by itself.
 */
final class Failures {
    private static final Logger LOG = System.getLogger("org.oidcfilter");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LONGEST_MESSAGE = 1000;

    /** When to come back where the failure does not say. */
    private static final Duration A_LITTLE_LATER = Duration.ofSeconds(10);

    /** What a page offers: a retry of the login that failed, if any, and the cookies to set. */
    record Way(Optional<String> retryTo, Optional<SetCookie> cookie) {
        static final Way NONE = new Way(Optional.empty(), Optional.empty());
    }

    private record Told(Answer answer, Reason reason, String reference) {}

    private final BiConsumer<Reason, String> witness;

    Failures() {
        this((reason, reference) -> {});
    }

    /** @param witness is told the reason of each failure that has a reply, and the reference */
    Failures(BiConsumer<Reason, String> witness) {
        this.witness = witness;
    }

    Reply reply(OidcRequest request, Site site, OidcException failure, Way way) {
        var told = logged(failure);
        var reply = reply(request, site, told, way);
        return told.answer().status() == 503 ? Replies.withHeader(reply, "Retry-After", seconds(failure)) : reply;
    }

    /** For what should not happen: the reply says nothing of the exception, the log everything but its message. */
    Reply internal(OidcRequest request, Site site, RuntimeException failure, Way way) {
        return reply(request, site, loggedInternal(failure), way);
    }

    /** The answer to a logout token that was not accepted (Back-Channel Logout 2.8): the sender learns nothing more. */
    Reply rejection(OidcException failure) {
        return rejection(logged(failure).reference());
    }

    /** See {@link #rejection}; for what should not happen. */
    Reply internalRejection(RuntimeException failure) {
        return rejection(loggedInternal(failure).reference());
    }

    private static Reply rejection(String reference) {
        return Replies.error(400, "invalid_request", "reference", reference);
    }

    /** For the log only, where a failure does not keep anybody from going on: what comes of it, and why. */
    static void note(String consequence, OidcException failure) {
        LOG.log(Level.WARNING, () -> consequence + ": " + text(failure));
    }

    /** As {@link #note}, for what is part of the life of any application. */
    static void remark(String consequence, OidcException failure) {
        LOG.log(Level.INFO, () -> consequence + ": " + text(failure));
    }

    private Told logged(OidcException failure) {
        var told = new Told(Answer.to(failure), failure.reason(), reference());
        var internal = failure.reason() == Reason.INTERNAL;
        LOG.log(
                internal ? Level.ERROR : told.answer().level(),
                () -> "[" + told.reference() + "] " + text(failure) + (internal ? trace(failure.getCause()) : ""));
        return witnessed(told);
    }

    private Told loggedInternal(RuntimeException failure) {
        var told = new Told(Answer.BROKEN, Reason.INTERNAL, reference());
        LOG.log(
                told.answer().level(),
                () -> "[" + told.reference() + "] " + Reason.INTERNAL.code() + ": "
                        + failure.getClass().getName() + remedy(Reason.INTERNAL) + trace(failure));
        return witnessed(told);
    }

    private Told witnessed(Told told) {
        witness.accept(told.reason(), told.reference());
        return told;
    }

    private static Reply reply(OidcRequest request, Site site, Told told, Way way) {
        var status = told.answer().status();
        var reply = Navigation.isNavigation(request)
                ? Replies.page(status, page(site, told, way), List.of())
                : Replies.error(status, told.reason().code(), "reference", told.reference());
        return Replies.withCookies(reply, way.cookie().stream().toList());
    }

    private static Page page(Site site, Told told, Way way) {
        var retry = way.retryTo().map(returnTo -> site.login() + "?return_to=" + Login.encoded(returnTo));
        var incident = new Page.Incident(told.reason().code(), told.reference());
        return Page.failure(told.answer(), incident, new Page.Links(retry, site.home()));
    }

    private static String seconds(OidcException failure) {
        return Long.toString(Math.max(1, wait(failure).toSeconds()));
    }

    private static Duration wait(OidcException failure) {
        if (failure instanceof SharedStateException unavailable) {
            return unavailable.retryAfter();
        }
        return failure instanceof ProviderUnavailableException unavailable ? unavailable.retryAfter() : A_LITTLE_LATER;
    }

    private static String reference() {
        var bytes = new byte[6];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String text(OidcException failure) {
        var reason = failure.reason();
        return reason.code() + ": " + printable(String.valueOf(failure.getMessage())) + remedy(reason);
    }

    private static String remedy(Reason reason) {
        return ". What to do: " + Catalogue.of(reason).remedy().replace("`", "");
    }

    /** One line, whatever a message was made of. */
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> (c >= ' ' && c <= '~') || Character.isLetterOrDigit(c) ? c : '?')
                .limit(LONGEST_MESSAGE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Where it happened, without the message, which could hold anything. */
    private static String trace(@Nullable Throwable failure) {
        var text = new StringBuilder();
        if (failure != null) {
            for (var frame : failure.getStackTrace()) {
                text.append(System.lineSeparator()).append("    at ").append(frame);
            }
        }
        return text.toString();
    }
}
