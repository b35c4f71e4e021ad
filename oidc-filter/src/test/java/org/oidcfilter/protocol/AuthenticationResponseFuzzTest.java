// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.Verdict;

class AuthenticationResponseFuzzTest {
    private static final Set<Reason> FORM = Set.of(Reason.RESPONSE_MALFORMED, Reason.RESPONSE_DUPLICATE_PARAMETER);
    private static final Set<Reason> RESPONSE = Set.of(Reason.RESPONSE_MALFORMED, Reason.RESPONSE_UNREQUESTED_TOKEN);

    @FuzzTest(maxDuration = "10m")
    void readsWhatAnotherDecoderReadsOrRefuses(byte[] bytes) {
        var query = new String(bytes, StandardCharsets.ISO_8859_1);
        Verdict.on(() -> Form.parse(query), FORM).ifPresent(form -> {
            var others = decoded(query);
            assertEquals(others, form.fields());
            assertEquals(List.copyOf(others.keySet()), List.copyOf(form.fields().keySet()));
            assertEquals(form, Form.parse(form.encode()));
            require(form.fields().size() <= 64, "more parameters than there may be");
            Verdict.on(() -> AuthenticationResponse.of(form), RESPONSE)
                    .ifPresent(response -> requireSound(response, others));
        });
    }

    private static Map<String, String> decoded(String query) {
        var fields = new LinkedHashMap<String, String>();
        for (var pair : query.split("&", -1)) {
            var parts = pair.split("=", 2);
            if (!pair.isEmpty()) {
                fields.put(decode(parts[0]), parts.length < 2 ? "" : decode(parts[1]));
            }
        }
        return fields;
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    private static void requireSound(AuthenticationResponse response, Map<String, String> fields) {
        for (var never : List.of("id_token", "access_token", "response")) {
            assertEquals("", fields.getOrDefault(never, ""));
        }
        assertEquals(value(fields, "state"), response.state().map(Secret::reveal));
        assertEquals(value(fields, "iss"), response.issuer());
        assertEquals(value(fields, "error"), response.error());
        assertEquals(
                response.error().isPresent() ? Optional.empty() : value(fields, "code"),
                response.code().map(Secret::reveal));
        requireBounded(response.code().map(Secret::reveal), 4096);
        requireBounded(response.state().map(Secret::reveal), 512);
        requireBounded(response.issuer(), 2048);
        requireBounded(response.error(), 64);
        require(
                response.error().orElse("").chars().allMatch(AuthenticationResponseFuzzTest::mayStandInAnErrorCode),
                "not an error code of RFC 6749");
    }

    private static Optional<String> value(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    private static void requireBounded(Optional<String> value, int most) {
        require(value.orElse("").length() <= most, "longer than " + most);
    }

    private static boolean mayStandInAnErrorCode(int c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }
}
