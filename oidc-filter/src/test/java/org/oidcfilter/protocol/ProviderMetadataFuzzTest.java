// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.Verdict.require;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.oidcfilter.OtherJson;
import org.oidcfilter.Reason;
import org.oidcfilter.Verdict;

class ProviderMetadataFuzzTest {
    private static final Set<Reason> REASONS = Set.of(Reason.PROVIDER_JSON, Reason.METADATA_INVALID);
    private static final Form OURS = new Form(Map.of("state", "a b&c=d"));

    /** Every reader, a browser included, finds the host in the same place. */
    private static final Pattern ENDPOINT = Pattern.compile("(?i)https?://[^\\s/?#@\\\\]+(?:[/?][^\\s#\\\\]*)?");

    @FuzzTest(maxDuration = "10m")
    void acceptsOnlyEndpointsThatEveryoneReadsAlike(byte[] bytes) {
        var json = new String(bytes, StandardCharsets.UTF_8);
        Verdict.on(() -> ProviderMetadata.parse(json), REASONS)
                .ifPresent(metadata -> requireSound(metadata, OtherJson.read(json)));
    }

    private static void requireSound(ProviderMetadata metadata, Map<String, Object> document) {
        assertEquals(document.get("issuer"), metadata.issuer());
        assertEquals(document.get("id_token_signing_alg_values_supported"), metadata.idTokenSigningAlgorithms());
        assertEquals(
                Boolean.TRUE.equals(document.get("authorization_response_iss_parameter_supported")),
                metadata.issuerParameterSupported());
        assertEquals(
                document.get("authorization_endpoint"),
                metadata.authorizationEndpoint().toString());
        assertEquals(document.get("token_endpoint"), metadata.tokenEndpoint().toString());
        assertEquals(document.get("jwks_uri"), metadata.jwksUri().toString());
        Stream.concat(
                        Stream.of(metadata.authorizationEndpoint(), metadata.tokenEndpoint(), metadata.jwksUri()),
                        Stream.of(metadata.userInfoEndpoint(), metadata.endSessionEndpoint())
                                .flatMap(Optional::stream))
                .forEach(ProviderMetadataFuzzTest::requireEndpoint);
    }

    private static void requireEndpoint(URI endpoint) {
        require(ENDPOINT.matcher(endpoint.toString()).matches(), "not an endpoint: " + endpoint);
        var extended = OURS.appendTo(endpoint);
        assertEquals(endpoint.getRawAuthority(), extended.getRawAuthority());
        assertEquals(endpoint.getRawPath(), extended.getRawPath());
        var states = Stream.of(extended.getRawQuery().split("&", -1))
                .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8))
                .filter(pair -> pair.startsWith("state="))
                .toList();
        assertEquals(1, states.size(), () -> "our parameter once: " + extended);
        assertEquals("state=a b&c=d", states.get(0));
    }
}
