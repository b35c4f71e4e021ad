// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.protocol.Json;

/**
 * A JWK Set (RFC 7517 section 5): the keys in it that can verify a signature. All others are left out, so that one odd key
 * does not take the good ones away.
 */
public final class Jwks implements VerificationKeys {
    private static final Logger LOG = System.getLogger(Jwks.class.getName());

    /** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1; in one that is public they are missing. */
    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final List<VerificationKey> keys;

    private Jwks(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads a JWK Set.
     *
     * @throws InvalidResponseException with {@link Reason#PROVIDER_JSON} if it is none
     */
    public static Jwks parse(String json) {
        var keys = new ArrayList<VerificationKey>();
        for (var element : elements(json)) {
            try {
                requireNoPrivatePart(element);
                keys.add(VerificationKey.of(element));
            } catch (IllegalArgumentException e) {
                LOG.log(Level.DEBUG, "A key of the provider is left out: {0}", e.getMessage());
            }
        }
        return new Jwks(keys);
    }

    private static void requireNoPrivatePart(Object element) {
        if (element instanceof Map<?, ?> jwk && PRIVATE.stream().anyMatch(name -> jwk.get(name) != null)) {
            LOG.log(
                    Level.WARNING,
                    "The provider publishes a private key. Whoever reads it can forge tokens, so it is not used.");
            throw new IllegalArgumentException("everybody knows its private part");
        }
    }

    private static List<?> elements(String json) {
        try {
            if (Json.parse(json).get("keys") instanceof List<?> elements) {
                return elements;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidResponseException(Reason.PROVIDER_JSON, String.valueOf(e.getMessage()), e);
        }
        throw new InvalidResponseException(Reason.PROVIDER_JSON, "a JWK Set has an array \"keys\"");
    }

    @Override
    public List<PublicKey> find(String algorithm, Optional<String> kid) {
        var known = SignatureAlgorithm.of(algorithm);
        var found = new ArrayList<PublicKey>(1);
        for (var key : keys) {
            if (known.isPresent() && key.fits(known.get(), kid)) {
                found.add(key.key());
            }
        }
        return List.copyOf(found);
    }

    /** How many keys are usable. */
    public int size() {
        return keys.size();
    }
}
