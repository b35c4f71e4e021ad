// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.oidcfilter.OtherJson;

class JsonFuzzTest {
    private static final Pattern REFUSAL =
            Pattern.compile("not the JSON expected, at position \\d+: [A-Za-z0-9 -]+[,:{\\[\"\\]}]?");
    private static final Pattern INERT = Pattern.compile("[^<>&\\x00-\\x1f\\u2028\\u2029\\ud800-\\udfff]*+");

    @FuzzTest(maxDuration = "10m")
    void readsWhatOthersReadAndWritesWhatItReads(byte[] bytes) {
        read(new String(bytes, StandardCharsets.UTF_8)).ifPresent(JsonFuzzTest::requireRoundTrip);
    }

    private static Optional<Map<String, Object>> read(String text) {
        try {
            var read = Json.parse(text);
            assertEquals(OtherJson.read(text), read);
            return Optional.of(read);
        } catch (IllegalArgumentException e) {
            var message = String.valueOf(e.getMessage());
            require(REFUSAL.matcher(message).matches(), "a message that may quote the content: " + message);
            return Optional.empty();
        }
    }

    private static void requireRoundTrip(Map<String, Object> read) {
        var written = Json.write(read);
        require(INERT.matcher(written).matches(), "not inert inside a page: " + written);
        assertEquals(read, Json.parse(written));
        assertEquals(written, Json.write(Json.parse(written)));
    }
}
