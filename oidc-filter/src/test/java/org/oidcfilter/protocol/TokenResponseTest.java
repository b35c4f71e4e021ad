// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.oidcfilter.protocol.Refusal.assertRefused;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

class TokenResponseTest {
    private static final Map<String, Object> ANSWER =
            Map.of("access_token", "at", "token_type", "Bearer", "id_token", "a.b.c");

    private static TokenResponse with(String name, Object value) {
        var answer = new HashMap<>(ANSWER);
        answer.put(name, value);
        return TokenResponse.parse(Json.write(answer));
    }

    private static TokenResponse without(String name) {
        var answer = new HashMap<>(ANSWER);
        answer.remove(name);
        return TokenResponse.parse(Json.write(answer));
    }

    @Test
    void readsWhatIsThere() {
        var tokens = TokenResponse.parse(Json.write(ANSWER));
        assertEquals(Secret.of("at"), tokens.accessToken());
        assertEquals(Optional.of(Secret.of("a.b.c")), tokens.idToken());
        assertEquals(Optional.empty(), tokens.expiresIn());
        assertEquals(Optional.empty(), tokens.refreshToken());
        assertEquals(Optional.empty(), tokens.scope());
        assertEquals(Optional.of(Duration.ofHours(1)), with("expires_in", 3600).expiresIn());
        assertEquals(Optional.of(Secret.of("rt")), with("refresh_token", "rt").refreshToken());
        assertEquals(Optional.of("openid"), with("scope", "openid").scope());
        assertEquals(Optional.empty(), without("id_token").idToken());
    }

    @Test
    void takesTheTokenTypeInAnyCaseAndNoOther() {
        assertEquals("BEARER", with("token_type", "BEARER").tokenType());
        assertRefused(Reason.TOKEN_TYPE, () -> with("token_type", "mac"));
        assertRefused(Reason.TOKEN_TYPE, () -> with("token_type", "DPoP"));
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> without("token_type"));
    }

    @Test
    void refusesMembersOfTheWrongKind() {
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> without("access_token"));
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> with("access_token", ""));
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> with("id_token", Map.of()));
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> with("refresh_token", 1));
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> with("scope", List.of("openid")));
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> with("expires_in", "3600"));
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> with("expires_in", -1));
    }

    @Test
    void survivesAnEternalLifetime() {
        assertEquals(
                Optional.of(Duration.ofSeconds(Integer.MAX_VALUE)),
                with("expires_in", 1e99).expiresIn());
        assertEquals(
                Optional.of(Duration.ofSeconds(Integer.MAX_VALUE)),
                with("expires_in", Long.MAX_VALUE).expiresIn());
        assertEquals(
                Optional.of(Duration.ofSeconds(59)), with("expires_in", 59.9).expiresIn());
        assertEquals(Optional.of(Duration.ZERO), with("expires_in", 0).expiresIn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "ü", "\u0000"})
    void refusesTokensThatCouldNotBeSentInAHeader(String token) {
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> with("access_token", token));
    }

    /** Only in the answer to a refresh, where nothing hangs on them. */
    @ParameterizedTest
    @ValueSource(strings = {"refresh_token", "id_token"})
    void anEmptyTokenIsAsGoodAsNoneWhereTokensAreRenewed(String name) {
        var answer = new HashMap<>(ANSWER);
        answer.put("refresh_token", "rt");
        var before = TokenResponse.parseRefresh(Json.write(answer));
        assertEquals(Optional.of(Secret.of("rt")), before.refreshToken());
        assertEquals(Optional.of(Secret.of("a.b.c")), before.idToken());
        answer.put(name, "");
        var tokens = TokenResponse.parseRefresh(Json.write(answer));
        assertEquals(name.equals("id_token"), tokens.refreshToken().isPresent());
        assertEquals(name.equals("refresh_token"), tokens.idToken().isPresent());
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> TokenResponse.parse(Json.write(answer)));
        answer.put(name, "\n");
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> TokenResponse.parseRefresh(Json.write(answer)));
        answer.put(name, List.of());
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> TokenResponse.parseRefresh(Json.write(answer)));
    }

    @Test
    void anEmptyAccessTokenIsRefusedWhereTokensAreRenewed() {
        var answer = new HashMap<>(ANSWER);
        answer.put("access_token", "");
        assertRefused(Reason.TOKEN_RESPONSE_INVALID, () -> TokenResponse.parseRefresh(Json.write(answer)));
        assertRefused(Reason.PROVIDER_JSON, () -> TokenResponse.parseRefresh(""));
        answer.put("access_token", "at");
        answer.put("token_type", "mac");
        assertRefused(Reason.TOKEN_TYPE, () -> TokenResponse.parseRefresh(Json.write(answer)));
    }

    @Test
    void renewsTokensForTheScopesOfTheLogin() {
        assertEquals(
                "grant_type=refresh_token&refresh_token=rt%2F%2B",
                new RefreshRequest(Secret.of("rt/+")).toForm().encode());
        assertFalse(new RefreshRequest(Secret.of("hidden")).toString().contains("hidden"));
    }

    @Test
    void revokesATokenByNameAndKind() {
        assertEquals(
                "token=at%2F%2B&token_type_hint=access_token",
                new RevocationRequest(Secret.of("at/+"), "access_token")
                        .toForm()
                        .encode());
        assertFalse(new RevocationRequest(Secret.of("hidden"), "access_token")
                .toString()
                .contains("hidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"id_token\":\"good\",\"id_token\":\"evil\"}"})
    void refusesWhatIsNoJsonObject(String body) {
        assertRefused(Reason.PROVIDER_JSON, () -> TokenResponse.parse(body));
    }

    @Test
    void printsNoToken() {
        assertFalse(TokenResponse.parse(Json.write(ANSWER)).toString().contains("a.b.c"));
    }

    @Test
    void redeemsACodeWithVerifierAndRedirectUri() {
        var request =
                new TokenRequest(Secret.of("the-code"), Secret.of("the-verifier"), URI.create("https://rp.test/cb"));
        assertEquals(
                "grant_type=authorization_code&code=the-code&redirect_uri=https%3A%2F%2Frp.test%2Fcb"
                        + "&code_verifier=the-verifier",
                request.toForm().encode());
    }

    @Test
    void findsTheErrorCodeInAnErrorResponse() {
        assertEquals(
                Optional.of("invalid_grant"),
                ErrorCode.in("{\"error\":\"invalid_grant\",\"error_description\":\"<b>\"}"));
        assertEquals(Optional.empty(), ErrorCode.in("{\"error\":\"\\u0000\"}"));
        assertEquals(Optional.empty(), ErrorCode.in("{\"error\":7}"));
        assertEquals(Optional.empty(), ErrorCode.in("<html>"));
    }
}
