// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.oidcfilter.Secret;
import org.oidcfilter.token.Decryption;
import org.oidcfilter.token.IdToken;
import org.oidcfilter.token.IdTokenValidator;
import org.oidcfilter.token.Jwks;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All checks of an ID token, beside its bare signature and beside jose4j's own consumer with the same checks. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class IdTokenBenchmark {
    @Param({"RS256", "ES256", "EdDSA"})
    private String algorithm;

    private Provider provider;
    private PublicKey key;
    private byte[] signingInput;
    private byte[] signature;
    private Secret token;
    private IdTokenValidator validator;
    private IdTokenValidator.Expected expected;
    private JwtConsumer consumer;

    @Setup
    public void prepare() throws JoseException {
        provider = Provider.signingWith(algorithm);
        key = provider.publicKey();
        signingInput = provider.signingInput();
        signature = provider.signature();
        token = Secret.of(provider.token());
        validator = new IdTokenValidator(
                Jwks.parse(provider.jwks()),
                Decryption.NONE,
                Clock.fixed(Provider.NOW, ZoneOffset.UTC),
                Duration.ofSeconds(30));
        expected = new IdTokenValidator.Expected(
                Provider.ISSUER,
                Provider.CLIENT,
                Set.of(),
                Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"),
                Secret.of(Provider.NONCE),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(10)),
                List.of("1"));
        consumer = consumer();
    }

    private JwtConsumer consumer() throws JoseException {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(
                        new JwksVerificationKeyResolver(new JsonWebKeySet(provider.jwks()).getJsonWebKeys()))
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT,
                        "RS256",
                        "RS384",
                        "RS512",
                        "PS256",
                        "PS384",
                        "PS512",
                        "ES256",
                        "ES384",
                        "ES512",
                        "EdDSA")
                .setExpectedIssuer(Provider.ISSUER)
                .setExpectedAudience(Provider.CLIENT)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(30, 600)
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(30)
                .setEvaluationTime(NumericDate.fromSeconds(Provider.NOW.getEpochSecond()))
                .registerValidator((Validator) context -> others(context.getJwtClaims()))
                .build();
    }

    /** What the consumer has no setting for. */
    private static String others(JwtClaims claims) throws MalformedClaimException {
        var authTime = claims.getNumericDateClaimValue("auth_time");
        boolean fine = Provider.NONCE.equals(claims.getStringClaimValue("nonce"))
                && Provider.CLIENT.equals(claims.getStringClaimValue("azp"))
                && "1".equals(claims.getStringClaimValue("acr"))
                && authTime.getValue() + 630 >= Provider.NOW.getEpochSecond();
        return fine ? null : "wrong";
    }

    /** The least that any implementation has to do. */
    @Benchmark
    public boolean signatureAlone() throws GeneralSecurityException {
        var jca = provider.jca();
        jca.initVerify(key);
        jca.update(signingInput);
        return jca.verify(signature);
    }

    @Benchmark
    public IdToken validator() {
        return validator.validate(token, expected);
    }

    @Benchmark
    public JwtClaims jose4jConsumer() throws InvalidJwtException {
        return consumer.processToClaims(token.reveal());
    }
}
