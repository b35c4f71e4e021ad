// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import jakarta.security.enterprise.authentication.mechanism.http.openid.OpenIdConstant;
import jakarta.security.enterprise.identitystore.openid.AccessToken;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.JwtClaims;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Secret;

class CurrentOpenIdContextTest {
    private static final Map<String, Object> CLAIMS = Map.of(
            "iss",
            "https://id.example",
            "sub",
            "1",
            "aud",
            "shop",
            "exp",
            1767272400L,
            "iat",
            1767268800L,
            "email",
            "a@x.example");

    private final Alice alice = Alice.with(CLAIMS);
    private final OpenIdContext context = contextAt(Alice.NOW, alice);

    private static OpenIdContext contextAt(Instant now, Alice alice) {
        return new CurrentOpenIdContext(alice.request(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static AccessToken accessToken(OpenIdContext context) {
        var token = context.getAccessToken();
        assertNotNull(token);
        return token;
    }

    @Test
    void showsTheCallerOfTheRequest() {
        assertEquals("1", context.getSubject());
        assertEquals("Bearer", context.getTokenType());
        assertEquals("a@x.example", context.getClaims().getEmail().orElseThrow());
        assertEquals("a@x.example", context.getClaimsJson().getString("email"));
        assertEquals("refresh", context.getRefreshToken().orElseThrow().getToken());
        assertEquals(Optional.of(3600L), context.getExpiresIn());
    }

    @Test
    void showsAnOpaqueAccessToken() {
        var token = accessToken(context);
        assertEquals("opaque", token.getToken());
        assertFalse(token.isJWT());
        assertEquals(JwtClaims.NONE, token.getJwtClaims());
        assertEquals(Map.of(), token.getClaims());
        assertNull(token.getClaim("sub"));
        assertEquals(3600L, token.getExpirationTime());
        assertEquals(Set.of("openid", "email"), token.getScope());
        assertEquals(AccessToken.Type.BEARER, token.getType());
    }

    @Test
    void readsAnAccessTokenThatIsAJwt() {
        var jwt = Alice.jwt(Map.of("sub", "1", "scp", List.of("a", "b")));
        var token = accessToken(contextAt(Alice.NOW, Alice.with(CLAIMS, jwt)));
        assertTrue(token.isJWT());
        assertEquals(Optional.of("1"), token.getJwtClaims().getSubject());
        assertEquals(List.of("a", "b"), token.getClaim("scp"));
    }

    @Test
    void whatOnlyLooksLikeAJwtIsOpaque() {
        for (var token : List.of("a.b.c", "..", "e30.e30.", "W10.W10.x", "a.b", Alice.jwt(Map.of()) + ".more")) {
            assertFalse(
                    accessToken(contextAt(Alice.NOW, Alice.with(CLAIMS, token))).isJWT(), token);
        }
    }

    @Test
    void anAccessTokenCountsAsExpiredAheadOfItsEnd() {
        assertFalse(accessToken(contextAt(Alice.NOW.plusSeconds(3569), alice)).isExpired());
        assertTrue(accessToken(contextAt(Alice.NOW.plusSeconds(3570), alice)).isExpired());
    }

    @Test
    void anAccessTokenOfWhichNoEndIsKnownEndsWhenItSaysSo() {
        assertFalse(accessToken(contextAt(Alice.NOW, endless("opaque"))).isExpired());
        assertNull(accessToken(contextAt(Alice.NOW, endless("opaque"))).getExpirationTime());
        var jwt = Alice.jwt(Map.of("exp", Alice.NOW.getEpochSecond()));
        assertTrue(accessToken(contextAt(Alice.NOW, endless(jwt))).isExpired());
    }

    @Test
    void anAccessTokenThatLivesForSecondsIsGoodForHalfOfThem() {
        var end = Alice.NOW.plusSeconds(10);
        var brief = Alice.with(CLAIMS, tokens("opaque", Optional.of(end)));
        assertFalse(accessToken(contextAt(Alice.NOW.plusSeconds(4), brief)).isExpired());
        assertTrue(accessToken(contextAt(Alice.NOW.plusSeconds(5), brief)).isExpired());
    }

    @Test
    void showsTheIdToken() {
        IdentityToken token = context.getIdentityToken();
        assertEquals(Alice.jwt(CLAIMS), token.getToken());
        assertEquals(CLAIMS, token.getClaims());
        assertEquals(List.of("shop"), token.getJwtClaims().getAudience());
        assertEquals(
                Optional.of(Alice.NOW.plusSeconds(3600)), token.getJwtClaims().getExpirationTime());
        assertFalse(token.isExpired());
        assertTrue(
                contextAt(Alice.NOW.plusSeconds(3570), alice).getIdentityToken().isExpired());
    }

    @Test
    void anIdTokenOfWhichTheClaimsAreKeptOnlyIsNotShown() {
        var unsigned = "e30." + Alice.jwt(CLAIMS).split("\\.", -1)[1] + ".";
        var end = Alice.NOW.plusSeconds(60);
        var validity = new OidcSession.Validity(end, Optional.empty(), Optional.empty(), false);
        var tokens = new OidcSession.Tokens(
                Secret.of(unsigned), Optional.empty(), Optional.empty(), Optional.empty(), validity);
        var without = contextAt(Alice.NOW, Alice.with(CLAIMS, tokens));
        assertNull(without.getIdentityToken().getToken());
        assertEquals(CLAIMS, without.getIdentityToken().getClaims());
        assertNull(without.getAccessToken());
        assertNull(without.getTokenType());
        assertEquals(Optional.empty(), without.getRefreshToken());
        assertEquals(Optional.empty(), without.getExpiresIn());
    }

    @Test
    void showsTheMetadataOfTheProviderWithTheAddressesThatCount() {
        var metadata = context.getProviderMetadata();
        assertEquals("email", metadata.getJsonArray("scopes_supported").getString(1));
        assertEquals("https://id.example", metadata.getString("issuer"));
        assertEquals("https://other.example/logout", metadata.getString("end_session_endpoint"));
        assertFalse(metadata.containsKey("userinfo_endpoint"));
    }

    @Test
    void isNeverOutOfDate() {
        var token = accessToken(context);
        alice.becomes(Alice.with(Map.of("sub", "1", "email", "b@x.example"), "renewed"));
        assertEquals("renewed", accessToken(context).getToken());
        assertEquals("opaque", token.getToken(), "what was handed out does not change");
        assertEquals("b@x.example", context.getClaims().getEmail().orElseThrow());
        alice.logsOut();
        assertNobody(context);
    }

    @Test
    void withoutACallerThereIsNothing() {
        assertNobody(new CurrentOpenIdContext(Alice.request(null)));
        assertNobody(new CurrentOpenIdContext());
    }

    private static void assertNobody(OpenIdContext context) {
        assertNull(context.getSubject());
        assertNull(context.getTokenType());
        assertNull(context.getAccessToken());
        assertNull(context.getIdentityToken());
        assertEquals(Optional.empty(), context.getRefreshToken());
        assertEquals(Optional.empty(), context.getExpiresIn());
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, context.getClaimsJson());
        assertEquals(Optional.empty(), context.getClaims().getName());
        assertThrows(IllegalArgumentException.class, context.getClaims()::getSubject);
        assertEquals(JsonValue.EMPTY_JSON_OBJECT, context.getProviderMetadata());
    }

    @Test
    void ofALoginThatIsOverOnlyThePageThatItWasForIsStored() {
        var response = (HttpServletResponse) Proxy.newProxyInstance(
                Alice.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError("nothing is to be done to the response");
                });
        for (var key : List.of(OpenIdConstant.STATE, OpenIdConstant.NONCE, "anything")) {
            assertEquals(Optional.empty(), context.getStoredValue(alice.request(), response, key));
        }
        assertEquals(
                Optional.of("https://shop.example/shop/cart?item=1"),
                context.getStoredValue(alice.request(), response, OpenIdConstant.ORIGINAL_REQUEST));
    }

    @Test
    void nothingOfTokensAndClaimsIsPrinted() {
        var jwt = contextAt(Alice.NOW, Alice.with(CLAIMS, Alice.jwt(CLAIMS)));
        assertEquals("AccessToken", accessToken(jwt).toString());
        assertEquals("Claims", accessToken(jwt).getJwtClaims().toString());
        assertEquals("IdentityToken", jwt.getIdentityToken().toString());
        assertEquals("RefreshToken", jwt.getRefreshToken().orElseThrow().toString());
        assertEquals("Claims", jwt.getClaims().toString());
    }

    private static Alice endless(String accessToken) {
        return Alice.with(CLAIMS, tokens(accessToken, Optional.empty()));
    }

    private static OidcSession.Tokens tokens(String accessToken, Optional<Instant> end) {
        return new OidcSession.Tokens(
                Secret.of(Alice.jwt(CLAIMS)),
                Optional.empty(),
                Optional.of(Secret.of(accessToken)),
                Optional.empty(),
                new OidcSession.Validity(Alice.NOW.plusSeconds(3600), end, Optional.empty(), false),
                new OidcSession.Grant(Optional.empty(), Optional.of(Alice.NOW)));
    }
}
