// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.oidcfilter.token.SampleToken.CLIENT;
import static org.oidcfilter.token.SampleToken.ISSUER;
import static org.oidcfilter.token.SampleToken.KEY;
import static org.oidcfilter.token.SampleToken.NOW;
import static org.oidcfilter.token.SampleToken.now;
import static org.oidcfilter.token.SampleToken.valid;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;

class UserInfoJwtValidatorTest {
    private final UserInfoJwtValidator validator = new UserInfoJwtValidator(
            KEY.alone(), Decryption.NONE, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(1));
    private final UserInfoJwtValidator.Expected expected =
            new UserInfoJwtValidator.Expected(ISSUER, CLIENT, Set.of(), Set.of("RS256"), false);

    private void refuse(Reason reason, Secret token) {
        var refusal = assertThrows(InvalidResponseException.class, () -> validator.validate(token, expected));
        assertEquals(reason, refusal.reason());
    }

    @Test
    void believesWhatTheProviderSigned() {
        var token = valid().with("email", "a@b.test");
        assertEquals(token.claims(), Json.parse(validator.validate(token.signed(), expected)));
    }

    @Test
    void doesWithoutIssuerAndAudienceWhichAreOptional() {
        var token = valid().without("iss").without("aud").without("exp").without("nonce");
        assertEquals(token.claims(), Json.parse(validator.validate(token.signed(), expected)));
    }

    @Test
    void rejectsWhatIsMeantForSomebodyElse() {
        refuse(Reason.TOKEN_ISSUER, valid().with("iss", "https://evil.test").signed());
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", "c2").signed());
        refuse(Reason.TOKEN_AUDIENCE, valid().with("aud", List.of(CLIENT, "c2")).signed());
    }

    @Test
    @Tag("UI-04")
    void whoInsistsOnASignatureIsToldByWhomAndForWhom() {
        var strict = new UserInfoJwtValidator.Expected(ISSUER, CLIENT, Set.of(), Set.of("RS256"), true);
        var token = valid().without("exp").without("nonce");
        assertEquals(token.claims(), Json.parse(validator.validate(token.signed(), strict)));
        for (var claim :
                Map.of("iss", Reason.TOKEN_ISSUER, "aud", Reason.TOKEN_AUDIENCE).entrySet()) {
            var nameless = token.without(claim.getKey()).signed();
            var refusal = assertThrows(InvalidResponseException.class, () -> validator.validate(nameless, strict));
            assertEquals(claim.getValue(), refusal.reason());
        }
    }

    @Test
    void rejectsWhatIsYetToCome() {
        refuse(Reason.TOKEN_NOT_BEFORE, valid().with("nbf", now(61)).signed());
        refuse(Reason.TOKEN_NOT_BEFORE, valid().with("nbf", "x").signed());
        refuse(Reason.TOKEN_ISSUED_AT, valid().with("iat", now(61)).signed());
        refuse(Reason.TOKEN_ISSUED_AT, valid().with("iat", "x").signed());
        var token = valid().with("nbf", now(60)).with("iat", now(60));
        assertEquals(token.claims(), Json.parse(validator.validate(token.signed(), expected)));
        validator.validate(valid().with("iat", now(-1_000_000)).signed(), expected);
    }

    @Test
    void believesWhatIsMeantForOthersWhomTheOperatorNames() {
        var trusting = new UserInfoJwtValidator.Expected(ISSUER, CLIENT, Set.of("c2"), Set.of("RS256"), true);
        var token = valid().with("aud", List.of(CLIENT, "c2"));
        assertEquals(token.claims(), Json.parse(validator.validate(token.signed(), trusting)));
        for (var aud : List.of(List.of("c2"), List.of(CLIENT, "c2", "c3"))) {
            var refusal = assertThrows(
                    InvalidResponseException.class,
                    () -> validator.validate(valid().with("aud", aud).signed(), trusting));
            assertEquals(Reason.TOKEN_AUDIENCE, refusal.reason());
        }
    }

    @Test
    void rejectsWhatHasExpired() {
        refuse(Reason.TOKEN_EXPIRED, valid().with("exp", now(-60)).signed());
        refuse(Reason.TOKEN_EXPIRED, valid().with("exp", "x").signed());
    }

    @Test
    void rejectsWhatTheProviderDidNotSign() {
        refuse(Reason.TOKEN_SIGNATURE, valid().signedBy(SigningKey.rsa("k1", 2048), "RS256"));
        refuse(Reason.TOKEN_ALGORITHM, valid().withHeader("alg", "none").signed());
        refuse(Reason.TOKEN_TYP, valid().withHeader("typ", "at+jwt").signed());
    }
}
