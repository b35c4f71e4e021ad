// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Map;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.InvalidAlgorithmException;
import org.jose4j.lang.JoseException;

/** A key pair that signs with one algorithm. */
final class SigningKey {
    private final String kid;
    private final String algorithm;
    private final PrivateKey privateKey;
    private final PublicJsonWebKey jwk;

    SigningKey(String kid, String algorithm, PublicJsonWebKey pair) throws JoseException {
        this.kid = kid;
        this.algorithm = algorithm;
        this.privateKey = pair.getPrivateKey();
        this.jwk = PublicJsonWebKey.Factory.newPublicJwk(pair.getPublicKey());
        jwk.setKeyId(kid);
        jwk.setAlgorithm(algorithm);
        jwk.setUse("sig");
    }

    String kid() {
        return kid;
    }

    String algorithm() {
        return algorithm;
    }

    PublicKey publicKey() {
        return jwk.getPublicKey();
    }

    /** The public half as a JSON Web Key (RFC 7517 section 4). */
    Map<String, Object> publicJwk() {
        return jwk.toParams(OutputControlLevel.PUBLIC_ONLY);
    }

    byte[] sign(byte[] input) throws JoseException {
        var context = new ProviderContext();
        return jws().sign(jws().prepareForSign(privateKey, context), input);
    }

    boolean verifies(byte[] signature, byte[] input) throws JoseException {
        Key key = publicKey();
        return jws().verifySignature(signature, key, input, new ProviderContext());
    }

    private JsonWebSignatureAlgorithm jws() throws InvalidAlgorithmException {
        return AlgorithmFactoryFactory.getInstance().getJwsAlgorithmFactory().getAlgorithm(algorithm);
    }
}
