// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the provider was told to say instead of the truth. */
final class Lies {
    private static final IdTokenLie HONEST_CLAIMS = (header, claims) -> {};

    private final Map<Endpoint, Answer> answers = new ConcurrentHashMap<>();
    private volatile IdTokenLie idTokens = HONEST_CLAIMS;
    private volatile IdTokenLie logoutTokens = HONEST_CLAIMS;
    private volatile Function<String, String> tokens = token -> token;

    void answer(Endpoint endpoint, Answer answer) {
        answers.put(endpoint, answer);
    }

    void idTokens(@Nullable IdTokenLie lie) {
        idTokens = lie == null ? HONEST_CLAIMS : lie;
    }

    void logoutTokens(@Nullable IdTokenLie lie) {
        logoutTokens = lie == null ? HONEST_CLAIMS : lie;
    }

    void tokens(@Nullable Function<String, String> replacement) {
        tokens = replacement == null ? token -> token : replacement;
    }

    void none() {
        answers.clear();
        idTokens(null);
        logoutTokens(null);
        tokens(null);
    }

    Answer answerOf(Endpoint endpoint) {
        return answers.getOrDefault(endpoint, (request, honest) -> honest.get());
    }

    void distortIdToken(Map<String, Object> header, Map<String, Object> claims) {
        idTokens.tell(header, claims);
    }

    void distortLogoutToken(Map<String, Object> header, Map<String, Object> claims) {
        logoutTokens.tell(header, claims);
    }

    String replace(String token) {
        return tokens.apply(token);
    }
}
