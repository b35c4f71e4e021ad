// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.HttpSender;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.protocol.TokenRequest;
import org.oidcfilter.protocol.TokenResponse;
import org.oidcfilter.protocol.UserInfoResponse;
import org.oidcfilter.token.ClientSecretKey;
import org.oidcfilter.token.Decryption;
import org.oidcfilter.token.Jwks;
import org.oidcfilter.token.SignatureAlgorithm;
import org.oidcfilter.token.UserInfoJwtValidator;
import org.oidcfilter.token.VerificationKeys;

/**
 * The OpenID Provider, as seen by one client. Nothing is fetched before it is needed. Safe for concurrent use.
 *
 * <p>All methods that call out throw {@link ProviderUnavailableException} if the provider gives no usable answer.
 */
public final class Provider implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Provider.class.getName());
    private static final Set<String> JWKS_MEDIA_TYPES = Set.of("application/json", "application/jwk-set+json");

    private final Options options;
    private final HttpSender sender;
    private final Discovery discovery;
    private final Cached<ProviderMetadata> metadata;
    private final VerificationKeys keys;
    private final TokenEndpoint tokenEndpoint;
    private final UserInfoEndpoint userInfoEndpoint;

    /**
     * What the operator decided.
     *
     * @param issuer the issuer identifier, exactly as the provider writes it
     * @param clientId this client
     * @param clientSecret its secret; empty for a public client
     * @param clientAuthentication the client authentication method; empty to choose one that the provider offers
     * @param endpoints where the endpoints are
     * @param allowedAlgorithms the acceptable signature algorithms, in order of preference
     * @param userInfo in which form UserInfo comes
     * @param clockSkew by how much the provider's clock may differ from ours
     */
    public record Options(
            String issuer,
            String clientId,
            Optional<Secret> clientSecret,
            Optional<String> clientAuthentication,
            Endpoints endpoints,
            Set<String> allowedAlgorithms,
            UserInfo userInfo,
            Duration clockSkew) {
        public Options {
            allowedAlgorithms = Collections.unmodifiableSet(new LinkedHashSet<>(allowedAlgorithms));
        }
    }

    /**
     * In which form UserInfo comes (OpenID Connect Core 5.3.2).
     *
     * @param decryption what an encrypted answer is opened with
     * @param signed whether an answer without signature is refused
     */
    public record UserInfo(Decryption decryption, boolean signed) {}

    /**
     * Endpoints that the operator gave. They win over the discovery document.
     *
     * @param discovery whether there is a discovery document; if not, the first three endpoints are required
     * @param authorization the authorization endpoint
     * @param token the token endpoint
     * @param jwks where the keys are
     * @param userInfo the UserInfo endpoint
     * @param endSession the end-session endpoint
     */
    public record Endpoints(
            boolean discovery,
            Optional<URI> authorization,
            Optional<URI> token,
            Optional<URI> jwks,
            Optional<URI> userInfo,
            Optional<URI> endSession) {}

    /**
     * @param sender does the sending; closed with this provider, if it can be closed
     * @throws InvalidResponseException if there is no discovery and the configured metadata cannot work
     */
    public Provider(Options options, HttpSender sender, Clock clock) {
        var exchange = new Exchange(sender);
        this.options = options;
        this.sender = sender;
        this.discovery = new Discovery(options, exchange);
        this.metadata = new Cached<>("metadata", discovery::fetch, clock);
        this.keys = keys(exchange, clock);
        this.tokenEndpoint = new TokenEndpoint(options, exchange);
        this.userInfoEndpoint = new UserInfoEndpoint(
                exchange, new UserInfoJwtValidator(keys, options.userInfo().decryption(), clock, options.clockSkew()));
        if (!options.endpoints().discovery()) {
            metadata.set(discovery.fetch());
        }
    }

    /** An operator who allows an HMAC allows nothing else: then the client secret is the key. */
    private VerificationKeys keys(Exchange exchange, Clock clock) {
        boolean hmac = options.allowedAlgorithms().stream()
                .flatMap(name -> SignatureAlgorithm.of(name).stream())
                .anyMatch(SignatureAlgorithm::isHmac);
        return hmac
                ? new ClientSecretKey(options.clientSecret().orElseThrow())
                : new JwksKeys(new Cached<>("keys", () -> fetchKeys(exchange), clock), new RefetchBudget(clock));
    }

    private Cached.Fetched<Jwks> fetchKeys(Exchange exchange) {
        var response = exchange.document(metadata().jwksUri(), JWKS_MEDIA_TYPES);
        return new Cached.Fetched<>(Jwks.parse(response.body()), Exchange.lifetime(response));
    }

    /** The provider's metadata, fetched when first asked for. */
    public ProviderMetadata metadata() {
        return metadata.get();
    }

    /** The provider's metadata as far as they are known; never fetches, never waits. */
    public Optional<ProviderMetadata> knownMetadata() {
        return metadata.known();
    }

    /** The signature algorithms that both the operator allows and the provider uses, never empty. */
    public Set<String> idTokenAlgorithms() {
        return discovery.algorithms(metadata());
    }

    /** The keys that tokens of this provider are signed with. */
    public VerificationKeys keys() {
        return keys;
    }

    /**
     * Redeems a code (OpenID Connect Core 3.1.3). The ID token is there, but not verified.
     *
     * @param redirectUri that of the authentication request
     * @throws ProviderErrorException if the provider refuses the code
     * @throws InvalidResponseException if the answer breaks a rule
     */
    public TokenResponse redeem(Secret code, Secret codeVerifier, URI redirectUri) {
        return tokenEndpoint.redeem(new TokenRequest(code, codeVerifier, redirectUri), metadata());
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
        var expected = new UserInfoJwtValidator.Expected(
                options.issuer(),
                options.clientId(),
                idTokenAlgorithms(),
                options.userInfo().signed());
        return userInfoEndpoint.claims(endpoint, new UserInfoEndpoint.Query(accessToken, expectedSubject), expected);
    }

    /** Closes the sender, if it can be closed. */
    @Override
    public void close() {
        if (sender instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "The HTTP sender could not be closed", e);
            }
        }
    }
}
