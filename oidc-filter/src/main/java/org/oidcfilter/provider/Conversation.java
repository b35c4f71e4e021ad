// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.net.URI;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.protocol.RefreshRequest;
import org.oidcfilter.protocol.RevocationRequest;
import org.oidcfilter.protocol.TokenRequest;
import org.oidcfilter.protocol.TokenResponse;
import org.oidcfilter.protocol.UserInfoResponse;
import org.oidcfilter.token.UserInfoJwtValidator;
import org.oidcfilter.token.VerificationKeys;

/**
 * What one request asks the provider, all of it before one deadline: however many answers it needs and whoever else waits
 * for them, it waits no longer than the operator said.
 *
 * <p>All methods throw {@link ProviderUnavailableException} if the provider gives no usable answer in time.
 */
public final class Conversation {
    private final Provider.Parts parts;
    private final Deadline deadline;

    Conversation(Provider.Parts parts, Deadline deadline) {
        this.parts = parts;
        this.deadline = deadline;
    }

    /** The provider's metadata, fetched when first asked for. */
    public ProviderMetadata metadata() {
        return parts.metadata().get(deadline);
    }

    /** The signature algorithms that both the operator allows and the provider uses, never empty. */
    public Set<String> idTokenAlgorithms() {
        return parts.discovery().algorithms(metadata());
    }

    /** The keys that tokens of this provider are signed with. */
    public VerificationKeys keys() {
        return parts.keys().apply(deadline);
    }

    /**
     * The same keys, for tokens that anybody can send: whoever makes them up cannot use up the fetches that answers of the
     * provider may cause.
     */
    public VerificationKeys keysForStrangers() {
        return parts.keysForStrangers().apply(deadline);
    }

    /**
     * Renews tokens (OpenID Connect Core 12). An ID token may be there; it is not verified.
     *
     * @throws ProviderErrorException if the provider refuses, with {@code invalid_grant} for good
     * @throws InvalidResponseException if the answer breaks a rule
     */
    public TokenResponse refresh(Secret refreshToken) {
        return parts.tokenEndpoint().refresh(new RefreshRequest(refreshToken), metadata(), deadline);
    }

    /**
     * Ends the life of a token (RFC 7009).
     *
     * @param hint {@code refresh_token} or {@code access_token}
     * @throws InvalidResponseException if there is no such endpoint
     * @throws ProviderErrorException if the provider refuses
     */
    public void revoke(Secret token, String hint) {
        parts.revocationEndpoint().revoke(new RevocationRequest(token, hint), metadata(), deadline);
    }

    /**
     * Redeems a code (OpenID Connect Core 3.1.3). The ID token is there, but not verified.
     *
     * @param redirectUri that of the authentication request
     * @throws ProviderErrorException if the provider refuses the code
     * @throws InvalidResponseException if the answer breaks a rule
     */
    public TokenResponse redeem(Secret code, Secret codeVerifier, URI redirectUri) {
        var request = new TokenRequest(code, codeVerifier, redirectUri);
        return parts.tokenEndpoint().redeem(request, metadata(), deadline);
    }

    /**
     * Asks the UserInfo endpoint (OpenID Connect Core 5.3).
     *
     * @param expectedSubject the {@code sub} of the ID token
     * @throws InvalidResponseException if there is no such endpoint, or the answer breaks a rule or is about somebody else
     */
    public UserInfoResponse userInfo(Secret accessToken, String expectedSubject) {
        var endpoint = metadata()
                .userInfoEndpoint()
                .orElseThrow(() ->
                        new InvalidResponseException(Reason.METADATA_INVALID, "the provider has no userinfo_endpoint"));
        var query = new UserInfoEndpoint.Query(accessToken, expectedSubject, userInfoJwt());
        return parts.userInfoEndpoint().claims(endpoint, query, deadline);
    }

    private UserInfoEndpoint.Jwt userInfoJwt() {
        var options = parts.options();
        var userInfo = options.userInfo();
        return new UserInfoEndpoint.Jwt(
                new UserInfoJwtValidator(keys(), userInfo.decryption(), parts.clock(), options.clockSkew()),
                new UserInfoJwtValidator.Expected(
                        options.issuer(),
                        options.clientId(),
                        userInfo.otherAudiences(),
                        idTokenAlgorithms(),
                        userInfo.signed()));
    }
}
