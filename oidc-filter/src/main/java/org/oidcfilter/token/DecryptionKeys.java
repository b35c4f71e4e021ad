// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

/**
 * Our own keys, to which the provider encrypts (OpenID Connect Core 10.2). Several, so that one can be replaced: all of them
 * decrypt, but of those that are alternatives only the first is published (Core 10.2.1), or the provider could go on using
 * the one that is about to go.
 */
public final class DecryptionKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private final List<DecryptionKey> keys;

    private DecryptionKeys(List<DecryptionKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads private keys, the preferred ones first: a JWK Set, one JWK, or RSA keys in PEM (PKCS #8).
     *
     * @throws IllegalArgumentException if one of them is no private key for decryption, or weak, or two have one name
     */
    public static DecryptionKeys parse(Secret text) {
        var keys = text.reveal().stripLeading().startsWith("{") ? ofJson(text.reveal()) : ofPem(text.reveal());
        if (keys.isEmpty() || keys.stream().map(DecryptionKey::kid).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("must hold at least one key, and no two of one name");
        }
        return new DecryptionKeys(keys);
    }

    private static List<DecryptionKey> ofJson(String text) {
        var json = Json.parse(text);
        var elements = json.get("keys") instanceof List<?> several ? several : List.of(json);
        return elements.stream()
                .map(DecryptionKeys::members)
                .map(DecryptionKey::of)
                .toList();
    }

    @SuppressWarnings("unchecked") // the parser makes no other maps
    private static Map<String, Object> members(Object element) {
        if (element instanceof Map<?, ?> jwk) {
            return (Map<String, Object>) jwk;
        }
        throw new IllegalArgumentException("must be a JWK Set");
    }

    private static List<DecryptionKey> ofPem(String text) {
        var rest = PEM.matcher(text).replaceAll("");
        if (!rest.isBlank()) {
            throw new IllegalArgumentException(
                    "must be a JWK Set, or PEM that begins with -----BEGIN PRIVATE KEY-----");
        }
        return PEM.matcher(text)
                .results()
                .map(found -> DecryptionKey.of(rsa(found.group(1).replaceAll("\\s", ""))))
                .toList();
    }

    private static Map<String, Object> rsa(String base64) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            var key = (RSAPrivateCrtKey) factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            var jwk = PublicJsonWebKey.Factory.newPublicJwk(
                    factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
            jwk.setPrivateKey(key);
            return jwk.toParams(OutputControlLevel.INCLUDE_PRIVATE);
        } catch (GeneralSecurityException | JoseException | RuntimeException e) {
            throw new IllegalArgumentException("must be RSA keys where they are PEM; other keys go into a JWK Set", e);
        }
    }

    /** The one key that a message was encrypted to. */
    DecryptionKey find(String algorithm, Optional<String> kid) {
        var fitting = keys.stream().filter(key -> key.fits(algorithm, kid)).toList();
        if (fitting.size() != 1) {
            throw new InvalidResponseException(
                    Reason.TOKEN_DECRYPTION,
                    "of our decryption keys " + fitting.size() + " fit " + algorithm
                            + (kid.isPresent() ? " and the token's kid" : " (the token has no kid)"));
        }
        return fitting.get(0);
    }

    /** The public halves of those to be used from now on, as a JWK Set, for the provider. */
    public String publicJwks() {
        var preferred = new ArrayList<DecryptionKey>();
        for (var key : keys) {
            if (preferred.stream().noneMatch(key::isAlternativeTo)) {
                preferred.add(key);
            }
        }
        return Json.write(
                Map.of("keys", preferred.stream().map(DecryptionKey::publicJwk).toList()));
    }

    /** How many there are, nothing else. */
    @Override
    public String toString() {
        return "DecryptionKeys[" + keys.size() + "]";
    }
}
