// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

/**
 * The answer to an {@link AuthenticationRequest} (OpenID Connect Core 3.1.2.5 and 3.1.2.6): a code or an error. Nothing in
 * it has been compared with a pending login yet.
 *
 * @param code the authorization code; empty where there is an error
 * @param state the {@code state}, as it came
 * @param issuer who says that it answers (RFC 9207)
 * @param error the error code, of the characters that RFC 6749 allows
 */
public record AuthenticationResponse(
        Optional<Secret> code, Optional<Secret> state, Optional<String> issuer, Optional<String> error) {
    private static final Pattern AMPERSAND = Pattern.compile("&");
    private static final int MAX_CODE = 4096;
    private static final int MAX_STATE = 512;
    private static final int MAX_ISSUER = 2048;

    /** Answers to response types and modes that we never ask for. */
    private static final List<String> UNREQUESTED = List.of("id_token", "access_token", "response");

    /**
     * Reads the parameters that came to the redirect URI.
     *
     * @throws InvalidResponseException with {@link Reason#RESPONSE_UNREQUESTED_TOKEN} if a token came through the
     *     browser, with {@link Reason#RESPONSE_MALFORMED} if a parameter is too long or {@code error} is not an error code
     */
    public static AuthenticationResponse of(Form form) {
        for (var name : UNREQUESTED) {
            if (form.get(name).isPresent()) {
                throw new InvalidResponseException(Reason.RESPONSE_UNREQUESTED_TOKEN, name + " was never asked for");
            }
        }
        var error = form.get("error");
        if (error.isPresent() && !ErrorCode.isWellFormed(error.get())) {
            throw new InvalidResponseException(Reason.RESPONSE_MALFORMED, "error is not an error code");
        }
        var code = bounded(form, "code", MAX_CODE).map(Secret::of);
        return new AuthenticationResponse(
                error.isPresent() ? Optional.empty() : code, stateOf(form), bounded(form, "iss", MAX_ISSUER), error);
    }

    /**
     * The {@code state} alone, which tells the login that the response belongs to, whatever else is wrong with it.
     *
     * @throws InvalidResponseException with {@link Reason#RESPONSE_MALFORMED} if it is too long
     */
    public static Optional<Secret> stateOf(Form form) {
        return bounded(form, "state", MAX_STATE).map(Secret::of);
    }

    /** Whether there may be one in the query of an address, as providers write it. Nothing is decoded. */
    public static boolean mayBeIn(String query) {
        return AMPERSAND.splitAsStream(query).anyMatch(pair -> pair.startsWith("state="));
    }

    private static Optional<String> bounded(Form form, String name, int maxLength) {
        var value = form.get(name);
        if (value.isPresent() && value.get().length() > maxLength) {
            throw new InvalidResponseException(
                    Reason.RESPONSE_MALFORMED, name + " has more than " + maxLength + " characters");
        }
        return value;
    }
}
