// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.JsonObject;
import org.oidcfilter.protocol.Printable;

/**
 * The claims of a token while they are checked. The principle: a claim is compared as it stands, code point by code point,
 * and is of exactly the kind that the specification gives it; nothing is trimmed, converted, folded or guessed. Each question
 * names the reason for refusing the token if the claim is missing where it is required, or of the wrong kind.
 */
record TokenClaims(JsonObject claims) {
    /** The claims that restrict a token where they are there, though some tokens may lack them: a {@code null} hides nothing. */
    static final Set<String> NEVER_NULL =
            Set.of("iss", "sub", "aud", "azp", "exp", "nbf", "nonce", "at_hash", "sid", "events");

    private static final int MAX_SUBJECT_LENGTH = 255;

    /** OpenID Connect Core 3.1.3.7 (2): exactly the issuer. */
    void requireIssuer(String expected) {
        var issuer = requiredString("iss", Reason.TOKEN_ISSUER);
        require(
                issuer.equals(expected),
                Reason.TOKEN_ISSUER,
                () -> "expected iss " + expected + ", got " + Printable.of(issuer));
    }

    /** OpenID Connect Core 3.1.3.7 (3): this client, and nobody whom we do not know. */
    void requireAudience(String clientId, Set<String> others) {
        var audience = audience();
        require(
                audience.contains(clientId),
                Reason.TOKEN_AUDIENCE,
                () -> "expected aud to name " + clientId + ", got " + audience.size() + " other name(s)");
        require(
                audience.stream().allMatch(named -> named.equals(clientId) || others.contains(named)),
                Reason.TOKEN_AUDIENCE,
                () -> "expected aud to name " + clientId + " only, got others as well");
    }

    /** OpenID Connect Core 2: at most 255 ASCII characters. No control characters: it is written to logs. */
    Optional<String> subject() {
        var sub = string("sub", Reason.TOKEN_SUBJECT);
        require(
                sub.isEmpty()
                        || (!sub.get().isBlank()
                                && sub.get().length() <= MAX_SUBJECT_LENGTH
                                && Printable.isPrintableAscii(sub.get())),
                Reason.TOKEN_SUBJECT,
                () -> "sub is not 1 to " + MAX_SUBJECT_LENGTH + " printable ASCII characters");
        return sub;
    }

    String requiredSubject() {
        return subject().orElseThrow(() -> new InvalidResponseException(Reason.TOKEN_SUBJECT, "sub is missing"));
    }

    /** Back-Channel Logout 2.1: the name of a session, where present; a blank one would name many. */
    Optional<String> sid() {
        var sid = string("sid", Reason.TOKEN_SID);
        require(sid.isEmpty() || !sid.get().isBlank(), Reason.TOKEN_SID, () -> "sid is blank");
        return sid;
    }

    /** The client that the token was issued to, where it says. */
    Optional<String> authorizedParty() {
        return string("azp", Reason.TOKEN_AUTHORIZED_PARTY);
    }

    /** What ties the token to a login, where it is; as a secret it is compared in constant time. */
    Optional<Secret> nonce() {
        return string("nonce", Reason.TOKEN_NONCE).map(Secret::of);
    }

    /** Whom the token is for; empty if it does not say. */
    List<String> audience() {
        return orRefuse(Reason.TOKEN_AUDIENCE, () -> claims.stringOrStrings("aud"))
                .orElse(List.of());
    }

    /** Whatever it is; null if it is not there. */
    @Nullable
    Object member(String name) {
        return claims.members().get(name);
    }

    boolean has(String name) {
        return claims.has(name);
    }

    String requiredString(String name, Reason reason) {
        return orRefuse(reason, () -> claims.requiredString(name));
    }

    Optional<String> string(String name, Reason reason) {
        return orRefuse(reason, () -> claims.string(name));
    }

    Instant requiredDate(String name, Reason reason) {
        return date(name, reason).orElseThrow(() -> new InvalidResponseException(reason, name + " is missing"));
    }

    Optional<Instant> date(String name, Reason reason) {
        return orRefuse(reason, () -> claims.numericDate(name));
    }

    static void require(boolean condition, Reason reason, Supplier<String> problem) {
        if (!condition) {
            throw new InvalidResponseException(reason, problem.get());
        }
    }

    private static <T> T orRefuse(Reason reason, Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidResponseException(reason, String.valueOf(e.getMessage()), e);
        }
    }
}
