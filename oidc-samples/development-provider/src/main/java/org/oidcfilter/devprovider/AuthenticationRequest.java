// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A valid authentication request (OpenID Connect Core section 3.1.2.1).
 *
 * @param returnTo where the answer goes
 * @param scope the scope values, {@code openid} among them
 * @param nonce the nonce, if any
 * @param codeChallenge the S256 challenge (RFC 7636 section 4.2)
 * @param wishes how the user should be authenticated
 */
record AuthenticationRequest(
        ReturnAddress returnTo, Set<String> scope, @Nullable String nonce, String codeChallenge, Wishes wishes) {
    private static final Pattern S256_CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final List<String> UNSUPPORTED = List.of("request", "request_uri", "registration");

    static AuthenticationRequest parse(Request request, ReturnAddress returnTo) throws Refusal {
        require(!request.repeatsParameters(), "invalid_request", "A parameter is given more than once");
        for (String name : UNSUPPORTED) {
            require(request.parameter(name).isEmpty(), name + "_not_supported", name + " is not supported");
        }
        Set<String> scope = words(request, "scope");
        require(
                request.parameter("response_type").orElse("").equals("code"),
                "unsupported_response_type",
                "response_type must be code");
        require(
                List.of("query", "form_post")
                        .contains(request.parameter("response_mode").orElse("query")),
                "invalid_request",
                "response_mode must be query or form_post");
        require(scope.contains("openid"), "invalid_scope", "scope must contain openid");
        return new AuthenticationRequest(
                returnTo,
                scope,
                request.parameter("nonce").orElse(null),
                codeChallenge(request),
                Wishes.parse(request));
    }

    private static String codeChallenge(Request request) throws Refusal {
        require(
                request.parameter("code_challenge_method").orElse("plain").equals("S256"),
                "invalid_request",
                "PKCE is required: code_challenge_method must be S256");
        String challenge = request.parameter("code_challenge").orElse("");
        require(
                S256_CHALLENGE.matcher(challenge).matches(),
                "invalid_request",
                "PKCE is required: code_challenge must be 43 characters of base64url");
        return challenge;
    }

    private static Set<String> words(Request request, String name) {
        return new LinkedHashSet<>(Form.split(request.parameter(name).orElse(""), ' '));
    }

    private static void require(boolean condition, String error, String description) throws Refusal {
        if (!condition) {
            throw new Refusal(error, description);
        }
    }

    /** The client only. */
    @Override
    public String toString() {
        return "AuthenticationRequest[" + returnTo.client() + "]";
    }

    /**
     * How the user should be authenticated.
     *
     * @param prompt the values of {@code prompt}
     * @param maxAge the greatest age of the login, null for any
     * @param loginHint which user is probably meant
     * @param idTokenHint an ID token of the user who is meant
     * @param acr the most wanted authentication context class
     */
    record Wishes(
            Set<String> prompt,
            @Nullable Duration maxAge,
            @Nullable String loginHint,
            @Nullable String idTokenHint,
            @Nullable String acr) {
        static Wishes parse(Request request) throws Refusal {
            Set<String> prompt = words(request, "prompt");
            require(
                    !prompt.contains("none") || prompt.size() == 1,
                    "invalid_request",
                    "prompt=none cannot be combined with other values");
            return new Wishes(
                    prompt,
                    maxAge(request),
                    request.parameter("login_hint").orElse(null),
                    request.parameter("id_token_hint").orElse(null),
                    words(request, "acr_values").stream().findFirst().orElse(null));
        }

        /** Whether the user must not see a page. */
        boolean silent() {
            return prompt.contains("none");
        }

        /** Whether a login of that moment is good enough. */
        boolean accepts(Instant authenticatedAt, Instant now) {
            boolean again = prompt.contains("login") || prompt.contains("select_account");
            return !again && (maxAge == null || isWithin(maxAge, authenticatedAt, now));
        }

        /** Zero always asks for a new login, as {@code prompt=login} does. */
        private static boolean isWithin(Duration maxAge, Instant authenticatedAt, Instant now) {
            return !maxAge.isZero() && !authenticatedAt.plus(maxAge).isBefore(now);
        }

        private static @Nullable Duration maxAge(Request request) throws Refusal {
            Optional<String> seconds = request.parameter("max_age");
            require(
                    seconds.map(text -> SECONDS.matcher(text).matches()).orElse(true),
                    "invalid_request",
                    "max_age must be a number of seconds");
            return seconds.map(Long::valueOf).map(Duration::ofSeconds).orElse(null);
        }

        /** Nothing: hints name people. */
        @Override
        public String toString() {
            return "Wishes";
        }
    }
}
