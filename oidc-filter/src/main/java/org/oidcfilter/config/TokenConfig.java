// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.Secret;

/**
 * What is believed.
 *
 * @param idTokenAlgorithms the signature algorithms to accept: public-key algorithms, or HMACs where the client has a secret
 *     of sufficient length, never both
 * @param additionalAudiences whom ID tokens and signed UserInfo may be meant for besides this client
 * @param decryptionKeys our private keys, as text
 * @param idTokenEncryption whether ID tokens have to be encrypted, if there are decryption keys
 * @param userInfoSignature whether UserInfo responses have to be signed
 * @param clockSkew how far the provider's clock may be off
 */
public record TokenConfig(
        List<String> idTokenAlgorithms,
        Set<String> additionalAudiences,
        Optional<Secret> decryptionKeys,
        Demand idTokenEncryption,
        Demand userInfoSignature,
        Duration clockSkew) {
    private static final Duration LONGEST_SKEW = Duration.ofMinutes(5);
    private static final List<String> HMACS = List.of("HS256", "HS384", "HS512");

    /** Whether something has to be so. */
    public enum Demand {
        REQUIRED,
        OPTIONAL
    }

    public TokenConfig {
        idTokenAlgorithms = List.copyOf(idTokenAlgorithms);
        additionalAudiences = Set.copyOf(additionalAudiences);
    }

    static TokenConfig read(Settings settings, ClientConfig client) {
        var keys = settings.optional(Setting.DECRYPTION_KEYS_FILE, SecretFile::content);
        if (settings.has(Setting.ID_TOKEN_ENCRYPTION) && !settings.has(Setting.DECRYPTION_KEYS_FILE)) {
            settings.problem(
                    Setting.ID_TOKEN_ENCRYPTION,
                    "is set although there are no keys in " + Setting.DECRYPTION_KEYS_FILE.key());
        }
        var algorithms = settings.defaulted(Setting.ID_TOKEN_ALGORITHMS, ListFormat.of(TokenConfig::algorithm));
        checkHmacs(settings, algorithms, client);
        return new TokenConfig(
                algorithms,
                Set.copyOf(settings.optional(Setting.ADDITIONAL_AUDIENCES, ListFormat.of(audience -> audience))
                        .orElse(List.of())),
                keys,
                settings.defaulted(Setting.ID_TOKEN_ENCRYPTION, ChoiceFormat.of(Demand.class)),
                settings.defaulted(Setting.USERINFO_SIGNATURE, ChoiceFormat.of(Demand.class)),
                settings.defaulted(Setting.CLOCK_SKEW, DurationFormat.between(Duration.ZERO, LONGEST_SKEW)));
    }

    /** RFC 7518 section 3.2: a secret as long as the hash. A client is registered for one kind of algorithm, not for both. */
    private static void checkHmacs(Settings settings, List<String> algorithms, ClientConfig client) {
        var hmacs = algorithms.stream().filter(HMACS::contains).toList();
        if (hmacs.isEmpty()) {
            return;
        }
        if (hmacs.size() < algorithms.size()) {
            settings.problem(Setting.ID_TOKEN_ALGORITHMS, "mixes HMACs with algorithms of public keys; name one kind");
        }
        var length = client.secret()
                .map(secret -> secret.reveal().getBytes(StandardCharsets.UTF_8).length)
                .orElse(0);
        for (var hmac : hmacs) {
            var needed = Integer.parseInt(hmac.substring(2)) / Byte.SIZE;
            if (length < needed) {
                settings.problem(
                        Setting.ID_TOKEN_ALGORITHMS,
                        "names " + hmac + ", which needs a client secret of " + needed + " bytes");
            }
        }
        settings.warning("ID tokens are protected by the client secret (" + String.join(", ", hmacs)
                + "): whoever knows it can make them");
    }

    private static String algorithm(String name) {
        var known = ListFormat.of(any -> any)
                .apply(Setting.ID_TOKEN_ALGORITHMS.defaultValue().orElseThrow());
        if (!known.contains(name) && !HMACS.contains(name)) {
            throw new IllegalArgumentException(
                    "must be some of " + String.join(", ", known) + ", or of " + String.join(", ", HMACS));
        }
        return name;
    }
}
