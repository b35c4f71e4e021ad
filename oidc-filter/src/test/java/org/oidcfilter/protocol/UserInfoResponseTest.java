// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.protocol.Refusal.assertRefused;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.Reason;

class UserInfoResponseTest {
    @Test
    void readsClaimsAboutTheSubject() {
        var json = "{\"sub\":\"alice\",\"email\":\"a@b.test\"}";
        var response = UserInfoResponse.parse(json, "alice");
        assertEquals(Map.of("sub", "alice", "email", "a@b.test"), response.claims());
        assertEquals(json, response.json());
        assertEquals("UserInfoResponse", response.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"bob\"", "\"Alice\"", "\"alice \"", "\"\""})
    void refusesClaimsAboutSomebodyElse(String subject) {
        assertRefused(Reason.USERINFO_SUBJECT, () -> UserInfoResponse.parse("{\"sub\":" + subject + "}", "alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sub\":null}", "{\"sub\":1}", "{\"sub\":[\"alice\"]}"})
    void refusesClaimsAboutNobody(String json) {
        assertRefused(Reason.USERINFO_INVALID, () -> UserInfoResponse.parse(json, "alice"));
    }

    @Test
    void refusesWhatIsNoJsonObject() {
        assertRefused(
                Reason.PROVIDER_JSON, () -> UserInfoResponse.parse("{\"sub\":\"alice\",\"sub\":\"alice\"}", "alice"));
    }
}
