// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.oidcfilter.protocol.Refusal.assertRefused;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;

class AuthenticationResponseTest {
    private static AuthenticationResponse response(String query) {
        return AuthenticationResponse.of(Form.parse(query));
    }

    @Test
    void readsACode() {
        var response = response("code=good&state=s&iss=https%3A%2F%2Fop.test&session_state=ignored");
        assertEquals(Optional.of(Secret.of("good")), response.code());
        assertEquals(Optional.of(Secret.of("s")), response.state());
        assertEquals(Optional.of("https://op.test"), response.issuer());
        assertEquals(Optional.empty(), response.error());
    }

    @Test
    void takesACodeTogetherWithAnErrorAsAnError() {
        var response = response("code=x&error=access_denied&state=s");
        assertEquals(Optional.empty(), response.code());
        assertEquals(Optional.of("access_denied"), response.error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token=a.b.c", "access_token=x", "response=a.b.c"})
    void refusesTokensThatWereNeverAskedFor(String parameter) {
        assertRefused(Reason.RESPONSE_UNREQUESTED_TOKEN, () -> response("code=x&state=s&" + parameter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%22b", "a%5Cb", "a%0Ab", "%C3%BC", "%00"})
    void refusesAnErrorThatIsNoErrorCode(String error) {
        assertRefused(Reason.RESPONSE_MALFORMED, () -> response("state=s&error=" + error));
    }

    @Test
    void tellsTheStateOfAResponseThatIsRefused() {
        var form = Form.parse("state=s&id_token=a.b.c&error=%22");
        assertEquals(Optional.of(Secret.of("s")), AuthenticationResponse.stateOf(form));
        assertRefused(
                Reason.RESPONSE_MALFORMED,
                () -> AuthenticationResponse.stateOf(Form.parse("state=" + "x".repeat(513))));
    }

    @Test
    void boundsEveryParameter() {
        assertEquals(
                4096,
                response("code=" + "x".repeat(4096))
                        .code()
                        .orElseThrow()
                        .reveal()
                        .length());
        assertRefused(Reason.RESPONSE_MALFORMED, () -> response("code=" + "x".repeat(4097)));
        assertRefused(Reason.RESPONSE_MALFORMED, () -> response("state=" + "x".repeat(513)));
        assertRefused(Reason.RESPONSE_MALFORMED, () -> response("iss=" + "x".repeat(2049)));
        assertRefused(Reason.RESPONSE_MALFORMED, () -> response("error=" + "x".repeat(65)));
        assertEquals(
                64, response("error=" + "x".repeat(64)).error().orElseThrow().length());
    }

    @Test
    void printsNeitherCodeNorState() {
        var printed = response("code=hidden1&state=hidden2").toString();
        assertFalse(printed.contains("hidden"));
    }
}
