// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.provider.ProviderFixture.DISCOVERY;
import static org.oidcfilter.provider.ProviderFixture.assertFails;
import static org.oidcfilter.token.SampleToken.valid;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.Json;
import org.oidcfilter.protocol.UserInfoResponse;
import org.oidcfilter.token.SampleToken;
import org.oidcfilter.token.SigningKey;

class UserInfoEndpointTest {
    private final ProviderFixture op = new ProviderFixture();

    private UserInfoResponse userInfo() {
        return op.conversation().userInfo(Secret.of("the-token"), "alice");
    }

    private void signed(Secret jwt) {
        op.sender.answer("/userinfo", 200, "application/jwt", jwt.reveal());
    }

    @Test
    void asksWithTheAccessToken() {
        op.sender.json("/userinfo", "{\"sub\":\"alice\",\"email\":\"a@b.test\"}");
        assertEquals("a@b.test", userInfo().claims().get("email"));
        assertEquals("GET", op.sender.last().method());
        assertEquals("Bearer the-token", op.sender.last().headers().get("Authorization"));
    }

    @Test
    void readsASignedAnswer() {
        signed(valid().with("email", "a@b.test").signed());
        var answer = userInfo();
        assertEquals("a@b.test", answer.claims().get("email"));
        assertEquals(answer.claims(), Json.parse(answer.json()));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '{\"sub\":\"bob\"}', USERINFO_SUBJECT",
        "application/json, '{}', USERINFO_INVALID",
        "application/json, '[]', PROVIDER_JSON",
        "text/html, <html>, PROVIDER_MEDIA_TYPE",
        "application/jwt, '{\"sub\":\"alice\"}', TOKEN_MALFORMED"
    })
    void refusesAnAnswerThatIsNotAboutTheCaller(String contentType, String body, Reason reason) {
        op.sender.answer("/userinfo", 200, contentType, body);
        assertFails(InvalidResponseException.class, reason, this::userInfo);
    }

    @Test
    void refusesASignedAnswerThatIsNotTheProvidersOrNotForUs() {
        signed(valid().with("sub", "bob").signed());
        assertFails(InvalidResponseException.class, Reason.USERINFO_SUBJECT, this::userInfo);
        signed(valid().signedBy(SigningKey.rsa(SampleToken.KEY.kid(), 2048), "RS256"));
        assertFails(InvalidResponseException.class, Reason.TOKEN_SIGNATURE, this::userInfo);
        signed(valid().with("aud", "c2").signed());
        assertFails(InvalidResponseException.class, Reason.TOKEN_AUDIENCE, this::userInfo);
        signed(valid().withHeader("alg", "none").signed());
        assertFails(InvalidResponseException.class, Reason.TOKEN_ALGORITHM, this::userInfo);
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "302", "500"})
    void takesEveryOtherStatusForAnOutage(int status) {
        op.sender.answer("/userinfo", status, "application/json", "{\"sub\":\"alice\"}");
        assertFails(ProviderUnavailableException.class, Reason.PROVIDER_STATUS, this::userInfo);
    }

    @Test
    void saysThatThereIsNoSuchEndpoint() {
        var document = new HashMap<>(Json.parse(ProviderFixture.document(Map.of())));
        document.remove("userinfo_endpoint");
        op.sender.json(DISCOVERY, Json.write(document));
        assertEquals(Optional.empty(), op.conversation().metadata().userInfoEndpoint());
        assertFails(InvalidResponseException.class, Reason.METADATA_INVALID, this::userInfo);
    }
}
