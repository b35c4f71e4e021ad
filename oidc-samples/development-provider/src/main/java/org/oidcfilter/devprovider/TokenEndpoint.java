// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns codes and refresh tokens into tokens (OpenID Connect Core sections 3.1.3 and 12). */
final class TokenEndpoint {
    private static final Pattern CODE_VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final Provider provider;
    private final ClientAuthentication authentication;

    TokenEndpoint(Provider provider) {
        this.provider = provider;
        this.authentication = new ClientAuthentication(provider.registry());
    }

    Reply token(Request request) {
        try {
            Client client = authentication.client(request);
            String grantType = request.form("grant_type").orElse("");
            return switch (grantType) {
                case "authorization_code" -> byCode(request, client);
                case "refresh_token" -> byRefreshToken(request, client);
                default ->
                    throw new Refusal(
                            "unsupported_grant_type", "grant_type must be authorization_code or refresh_token");
            };
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Reply byCode(Request request, Client client) throws Refusal {
        Grant grant = provider.grants()
                .redeemCode(required(request, "code"))
                .orElseThrow(() -> invalidGrant("The code is unknown, used or expired"));
        requireGrantedTo(client, grant);
        if (!required(request, "redirect_uri").equals(grant.request().returnTo().redirectUri())) {
            throw invalidGrant("redirect_uri is not that of the authentication request");
        }
        String verifier = required(request, "code_verifier");
        if (!CODE_VERIFIER.matcher(verifier).matches()
                || !s256(verifier).equals(grant.request().codeChallenge())) {
            throw invalidGrant("code_verifier does not match the code_challenge");
        }
        String accessToken = provider.grants().newAccessToken(grant);
        String idToken = provider.tokens().idTokens().forCode(grant, accessToken);
        return tokens(grant, accessToken, idToken, newRefreshToken(grant));
    }

    private Reply byRefreshToken(Request request, Client client) throws Refusal {
        Grant grant = provider.grants()
                .redeemRefreshToken(required(request, "refresh_token"))
                .orElseThrow(() -> invalidGrant("The refresh token is unknown, used or expired"));
        requireGrantedTo(client, grant);
        List<String> scope = Form.split(request.form("scope").orElse(""), ' ');
        if (!grant.scope().containsAll(scope)) {
            throw new Refusal("invalid_scope", "scope exceeds what was granted");
        }
        String accessToken = provider.grants().newAccessToken(grant);
        String idToken = provider.tokens().idTokens().forRefresh(grant, accessToken);
        boolean rotates = provider.terms().refreshTokens().rotate();
        return tokens(grant, accessToken, idToken, rotates ? newRefreshToken(grant) : Optional.empty());
    }

    private Optional<String> newRefreshToken(Grant grant) {
        return provider.terms().refreshTokens().always() || grant.isOffline()
                ? Optional.of(provider.grants().newRefreshToken(grant))
                : Optional.empty();
    }

    private Reply tokens(Grant grant, String accessToken, String idToken, Optional<String> refreshToken) {
        var members = new LinkedHashMap<String, Object>();
        members.put("access_token", accessToken);
        members.put("token_type", "Bearer");
        members.put("expires_in", provider.terms().tokenLifetime().toSeconds());
        members.put("scope", String.join(" ", grant.scope()));
        members.put("id_token", idToken);
        refreshToken.ifPresent(token -> members.put("refresh_token", token));
        return Reply.json(200, members).notStored();
    }

    private static void requireGrantedTo(Client client, Grant grant) throws Refusal {
        if (!grant.clientId().equals(client.id())) {
            throw invalidGrant("It was issued to another client");
        }
    }

    private static String required(Request request, String name) throws Refusal {
        return request.form(name).orElseThrow(() -> new Refusal("invalid_request", name + " is missing"));
    }

    private static Refusal invalidGrant(String description) {
        return new Refusal("invalid_grant", description);
    }

    /** RFC 7636 section 4.6. */
    private static String s256(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
