// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oidcfilter.Secret;

/** What is believed. */
class TokenConfigTest {
    private final Sources sources = new Sources();

    @ParameterizedTest
    @CsvSource({"HS256,31", "HS384,47", "HS512,63"})
    @Tag("ID-07")
    void anHmacNeedsASecretAsLongAsItsHash(String algorithm, int tooShort) {
        sources.with("oidc.id-token-algorithms", algorithm).with("oidc.client-secret", "s".repeat(tooShort));
        assertTrue(sources.problem().contains("needs a client secret of " + (tooShort + 1) + " bytes"));
        sources.with("oidc.client-secret", "s".repeat(tooShort + 1));
        var config = sources.load();
        assertEquals(List.of(algorithm), config.tokens().idTokenAlgorithms());
        assertTrue(config.warnings().toString().contains("whoever knows it can make them"));
    }

    @Test
    void anHmacNeedsASecretAtAll() {
        sources.without("oidc.client-secret").with("oidc.id-token-algorithms", "HS256");
        assertTrue(sources.problem().contains("needs a client secret"));
    }

    @Test
    void hmacsAndPublicKeysDoNotMix() {
        assertTrue(sources.with("oidc.id-token-algorithms", "RS256,HS256")
                .problem()
                .contains("mixes HMACs"));
    }

    @Test
    void decryptionKeysMakeEncryptionRequired(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("keys.json"), "{}\n");
        sources.with("oidc.decryption-keys-file", file.toString());
        var tokens = sources.load().tokens();
        assertEquals(Optional.of(Secret.of("{}")), tokens.decryptionKeys());
        assertEquals(TokenConfig.Demand.REQUIRED, tokens.idTokenEncryption());
        sources.with("oidc.id-token-encryption", "optional");
        assertEquals(TokenConfig.Demand.OPTIONAL, sources.load().tokens().idTokenEncryption());
        sources.with("oidc.decryption-keys-file", folder.resolve("missing").toString());
        assertTrue(sources.problem().startsWith("oidc.decryption-keys-file must name a file"));
    }

    @Test
    void encryptionCannotBeDemandedWithoutKeys() {
        assertTrue(
                sources.with("oidc.id-token-encryption", "required").problem().contains("there are no keys"));
    }

    @Test
    void furtherAudiencesAreNamed() {
        sources.with("oidc.additional-audiences", "https://api.test, account");
        assertEquals(
                Set.of("https://api.test", "account"), sources.load().tokens().additionalAudiences());
    }
}
