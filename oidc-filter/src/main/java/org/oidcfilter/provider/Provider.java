// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.oidcfilter.HttpSender;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.ProviderEndpoints;
import org.oidcfilter.protocol.ProviderMetadata;
import org.oidcfilter.token.ClientSecretKey;
import org.oidcfilter.token.Decryption;
import org.oidcfilter.token.Jwks;
import org.oidcfilter.token.SignatureAlgorithm;
import org.oidcfilter.token.VerificationKeys;

/**
 * The OpenID Provider, as seen by one client. Nothing is fetched before it is needed. Safe for concurrent use.
 *
 * <p>It holds what requests share: the metadata and the keys. Each request asks in a {@link Conversation} of its own.
 */
public final class Provider implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Provider.class.getName());
    private static final Set<String> JWKS_MEDIA_TYPES = Set.of("application/json", "application/jwk-set+json");

    /** Anybody can send a token that names a key which nobody knows; few may wait for what comes of it. */
    private static final int MOST_WAITING_STRANGERS = 4;

    private final HttpSender sender;
    private final ExecutorService fetches = Executors.newCachedThreadPool(new DaemonThreads("oidc-fetch-"));
    private final Parts parts;

    /** What a {@link Conversation} is made of. */
    record Parts(
            Options options,
            Clock clock,
            Discovery discovery,
            Cached<ProviderMetadata> metadata,
            Function<Deadline, VerificationKeys> keys,
            Function<Deadline, VerificationKeys> keysForStrangers,
            TokenEndpoint tokenEndpoint,
            RevocationEndpoint revocationEndpoint,
            UserInfoEndpoint userInfoEndpoint) {}

    /**
     * What the operator decided.
     *
     * @param issuer the issuer identifier, exactly as the provider writes it
     * @param clientId this client
     * @param clientSecret its secret; empty for a public client
     * @param clientAuthentication the client authentication method; empty to choose one that the provider offers
     * @param endpoints addresses that win over the discovery document
     * @param allowedAlgorithms the acceptable signature algorithms, in order of preference
     * @param userInfo in which form UserInfo comes
     * @param clockSkew by how much the provider's clock may differ from ours
     * @param timeout how long one request may wait for the provider in all, and how long the fetch of a document may take
     */
    public record Options(
            String issuer,
            String clientId,
            Optional<Secret> clientSecret,
            Optional<String> clientAuthentication,
            ProviderEndpoints endpoints,
            Set<String> allowedAlgorithms,
            UserInfo userInfo,
            Duration clockSkew,
            Duration timeout) {
        public Options {
            allowedAlgorithms = Collections.unmodifiableSet(new LinkedHashSet<>(allowedAlgorithms));
        }
    }

    /**
     * In which form UserInfo comes (OpenID Connect Core 5.3.2).
     *
     * @param decryption what an encrypted answer is opened with
     * @param signed whether an answer without signature is refused
     * @param otherAudiences whom a signed answer may be for besides this client
     */
    public record UserInfo(Decryption decryption, boolean signed, Set<String> otherAudiences) {
        public UserInfo {
            otherAudiences = Set.copyOf(otherAudiences);
        }
    }

    /**
     * @param sender does the sending; closed with this provider, if it can be closed
     * @throws InvalidResponseException if there is no discovery and the configured metadata cannot work
     */
    public Provider(Options options, HttpSender sender, Clock clock) {
        var exchange = new Exchange(sender);
        var discovery = new Discovery(options, exchange);
        var metadata = new Cached<>("metadata", () -> discovery.fetch(deadline(options)), fetches, clock);
        var client = new ClientRequests(options);
        var jwks = new Cached<>("keys", () -> fetchKeys(options, metadata, exchange), fetches, clock);
        this.sender = sender;
        this.parts = new Parts(
                options,
                clock,
                discovery,
                metadata,
                keys(options, new JwksKeys(jwks, new RefetchBudget(clock), Exchange.MOST_WAITING)),
                keys(options, new JwksKeys(jwks, new RefetchBudget(clock), MOST_WAITING_STRANGERS)),
                new TokenEndpoint(client, exchange),
                new RevocationEndpoint(client, exchange),
                new UserInfoEndpoint(exchange));
        if (!options.endpoints().discovery()) {
            metadata.set(discovery.fetch(deadline(options)));
        }
    }

    /** An operator who allows an HMAC allows nothing else: then the client secret is the key. */
    private static Function<Deadline, VerificationKeys> keys(Options options, JwksKeys published) {
        boolean hmac = options.allowedAlgorithms().stream()
                .flatMap(name -> SignatureAlgorithm.of(name).stream())
                .anyMatch(SignatureAlgorithm::isHmac);
        if (!hmac) {
            return published::within;
        }
        var secret = new ClientSecretKey(options.clientSecret().orElseThrow());
        return deadline -> secret;
    }

    private static Cached.Fetched<Jwks> fetchKeys(
            Options options, Cached<ProviderMetadata> metadata, Exchange exchange) {
        var deadline = deadline(options);
        var response = exchange.document(metadata.get(deadline).jwksUri(), JWKS_MEDIA_TYPES, deadline);
        return new Cached.Fetched<>(Jwks.parse(response.body()), Exchange.lifetime(response));
    }

    private static Deadline deadline(Options options) {
        return Deadline.in(options.timeout());
    }

    /** Begins what one request has to ask. From now on its time runs. */
    public Conversation converse() {
        return new Conversation(parts, deadline(parts.options()));
    }

    /** Runs something that asks the provider, and must go on if whoever wants it gives up; until this is closed. */
    public void inBackground(Runnable task) {
        fetches.execute(task);
    }

    /** The provider's metadata as far as they are known; never fetches, never waits. */
    public Optional<ProviderMetadata> knownMetadata() {
        return parts.metadata().known();
    }

    /** Ends fetches and closes the sender, if it can be closed. */
    @Override
    public void close() {
        fetches.shutdownNow();
        if (sender instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "The HTTP sender could not be closed", e);
            }
        }
    }
}
