// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.OtherJson;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.Verdict;

class TokenResponseFuzzTest {
    private static final Set<Reason> REASONS =
            Set.of(Reason.PROVIDER_JSON, Reason.TOKEN_RESPONSE_INVALID, Reason.TOKEN_TYPE);
    private static final Pattern TOKEN = Pattern.compile("[ -~]+");
    private static final Pattern ERROR = Pattern.compile("[ !#-\\[\\]-~]{1,64}");

    @FuzzTest(maxDuration = "10m")
    void handsOutWhatStandsThereAndNothingThatCannotBeSentOn(byte[] bytes) {
        var json = new String(bytes, StandardCharsets.UTF_8);
        Verdict.on(() -> TokenResponse.parse(json), REASONS)
                .ifPresent(tokens -> requireSound(tokens, OtherJson.read(json)));
        Verdict.on(() -> TokenResponse.parseRefresh(json), REASONS).ifPresent(tokens -> {
            var answer = OtherJson.read(json);
            List.of("refresh_token", "id_token").forEach(name -> answer.remove(name, ""));
            requireSound(tokens, answer);
        });
        ErrorCode.in(json).ifPresent(error -> {
            assertEquals(OtherJson.read(json).get("error"), error);
            require(ERROR.matcher(error).matches(), "not an error code of RFC 6749: " + error);
        });
    }

    private static void requireSound(TokenResponse tokens, Map<String, Object> answer) {
        requireToken(Optional.of(tokens.accessToken()), answer.get("access_token"));
        requireToken(tokens.refreshToken(), answer.get("refresh_token"));
        requireToken(tokens.idToken(), answer.get("id_token"));
        assertEquals("bearer", tokens.tokenType().toLowerCase(Locale.ROOT));
        assertEquals(Optional.ofNullable(answer.get("scope")), tokens.scope());
        assertEquals(answer.containsKey("expires_in"), tokens.expiresIn().isPresent());
        var lifetime = tokens.expiresIn().orElse(Duration.ZERO);
        require(!lifetime.isNegative() && lifetime.toSeconds() <= Integer.MAX_VALUE, "no clock can add " + lifetime);
        require(tokens.toString().contains("***"), "tokens are secrets");
    }

    private static void requireToken(Optional<Secret> token, @Nullable Object member) {
        assertEquals(Optional.ofNullable(member), token.map(Secret::reveal));
        require(TOKEN.matcher(token.map(Secret::reveal).orElse("-")).matches(), "a token that no header can carry");
    }
}
