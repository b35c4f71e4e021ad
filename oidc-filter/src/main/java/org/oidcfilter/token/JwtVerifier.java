// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.security.Key;
import javax.crypto.SecretKey;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactory;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.JoseException;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;

/** The wall in front of jose4j: says whether the provider signed a token (RFC 7515 section 5.2). */
final class JwtVerifier {
    private static final AlgorithmFactory<JsonWebSignatureAlgorithm> ALGORITHMS =
            AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory();

    private static final ProviderContext DEFAULT_PROVIDERS = new ProviderContext();

    private final VerificationKeys keys;

    JwtVerifier(VerificationKeys keys) {
        this.keys = keys;
    }

    /**
     * Returns only if exactly one of the provider's keys fits the token and made its signature.
     *
     * @throws InvalidResponseException with {@link Reason#TOKEN_KEY_UNKNOWN} or {@link Reason#TOKEN_SIGNATURE}
     */
    void verifySignature(SignedJwt jwt) {
        if (!isSignedBy(key(jwt), jwt)) {
            throw new InvalidResponseException(Reason.TOKEN_SIGNATURE, "the signature is wrong");
        }
    }

    private Key key(SignedJwt jwt) {
        var fitting = keys.find(jwt.algorithm().identifier(), jwt.kid());
        if (fitting.size() != 1) {
            throw new InvalidResponseException(Reason.TOKEN_KEY_UNKNOWN, problem(jwt, fitting.size()));
        }
        return fitting.get(0);
    }

    private static String problem(SignedJwt jwt, int fitting) {
        var wanted = jwt.algorithm().identifier()
                + (jwt.kid().isPresent() ? " and the token's kid" : " (the token has no kid)");
        return fitting == 0
                ? "the provider publishes no key for " + wanted
                : "the provider publishes " + fitting + " keys for " + wanted + ", so none can be chosen";
    }

    /**
     * jose4j's algorithm alone: its own reading of the message, which is more lenient than ours and slower, is not needed any
     * more.
     */
    private static boolean isSignedBy(Key key, SignedJwt jwt) {
        if (jwt.algorithm().isHmac() != (key instanceof SecretKey)) {
            return false; // jose4j takes the bytes of any key for a secret
        }
        var signature = jwt.signature();
        if (!jwt.algorithm().signsWith(signature.length)) {
            return false; // jose4j fills up what is too short, and the JCA reads no further than it has to
        }
        try {
            var algorithm = ALGORITHMS.getAlgorithm(jwt.algorithm().identifier());
            algorithm.validateVerificationKey(key);
            return algorithm.verifySignature(signature, key, jwt.signingInput(), DEFAULT_PROVIDERS);
        } catch (JoseException | RuntimeException e) {
            // Whatever jose4j stumbles over: it is not a good signature.
            return false;
        }
    }
}
