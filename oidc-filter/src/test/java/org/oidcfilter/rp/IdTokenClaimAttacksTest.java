// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.oidcfilter.rp.IdTokenAttack.claim;
import static org.oidcfilter.rp.IdTokenAttack.written;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Reason;
import org.oidcfilter.token.SigningKey;

/** Group ID of docs/attacks.md: an ID token, signed by the provider, whose claims are not those of this login. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdTokenClaimAttacksTest {
    private final IdTokenAttack attack = IdTokenAttack.standard();

    @BeforeAll
    void anHonestTokenIsBelieved() throws Exception {
        assertEquals("alice", subject(attack.believesToken(token -> token)));
    }

    @AfterAll
    void stop() {
        attack.close();
    }

    private static String subject(OidcSession session) {
        return session.identity().subject();
    }

    @Test
    @Tag("ID-20")
    void refusesATokenOfAnotherIssuer() throws Exception {
        attack.refusesClaim(Reason.TOKEN_ISSUER, "iss", "https://evil");
    }

    @Test
    @Tag("ID-21")
    void refusesEveryOtherSpellingOfTheIssuer() throws Exception {
        var issuer = attack.provider.issuer();
        var spellings = List.of(
                issuer + "/",
                issuer.replace("http:", "HTTP:"),
                issuer.replace("http:", "https:"),
                issuer.toUpperCase(Locale.ROOT),
                issuer.replaceFirst(":\\d+$", ""),
                issuer.replaceFirst(":\\d+$", ":80"),
                issuer.replaceFirst(":(\\d+)$", ":0$1"),
                issuer.replaceFirst("localhost", "lоcalhost"),
                issuer.replaceFirst("localhost", "localhost."),
                issuer.replaceFirst("localhost", "127.0.0.1"),
                issuer.replaceFirst("localhost", "%6cocalhost"),
                issuer.replaceFirst("//", "//x@"),
                issuer + "#",
                issuer + "?",
                " " + issuer,
                issuer + "\u200B",
                issuer + "\u0000");
        for (var spelling : spellings) {
            attack.refusesClaim(Reason.TOKEN_ISSUER, "iss", spelling);
        }
    }

    @Test
    @Tag("ID-22")
    void refusesAnIssuerThatIsMissingOrNoString() throws Exception {
        attack.refusesWithout(Reason.TOKEN_ISSUER, "iss");
        attack.refusesClaim(Reason.TOKEN_ISSUER, "iss", List.of(attack.provider.issuer()));
        attack.refusesClaim(Reason.TOKEN_ISSUER, "iss", 5);
        attack.refusesClaim(Reason.TOKEN_ISSUER, "iss", "");
        attack.refusesText(Reason.TOKEN_MALFORMED, claim("iss", "null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2", "shop1", "sho", "Shop", "SHOP", "shop ", " shop", "", "*", "ѕhop", "shop\u0000"})
    @Tag("ID-23")
    void refusesATokenForAnotherClient(String audience) throws Exception {
        attack.refusesClaim(Reason.TOKEN_AUDIENCE, "aud", audience);
        attack.refusesClaim(Reason.TOKEN_AUDIENCE, "aud", List.of(audience));
    }

    @Test
    @Tag("ID-23")
    void refusesATokenForNobody() throws Exception {
        attack.refusesWithout(Reason.TOKEN_AUDIENCE, "aud");
        attack.refusesClaim(Reason.TOKEN_AUDIENCE, "aud", List.of());
        attack.refusesText(Reason.TOKEN_MALFORMED, claim("aud", "null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"shop\",5]", "[[\"shop\"]]", "{\"shop\":1}", "5", "true", "[{\"shop\":\"shop\"}]"})
    @Tag("ID-24")
    void refusesAnAudienceOfTheWrongKind(String audience) throws Exception {
        attack.refusesText(Reason.TOKEN_AUDIENCE, claim("aud", audience));
    }

    @Test
    @Tag("ID-24")
    void refusesAnAudienceWithAHoleInIt() throws Exception {
        attack.refusesText(Reason.TOKEN_MALFORMED, claim("aud", "[\"shop\",null]"));
    }

    @Test
    @Tag("ID-25")
    void refusesAudiencesThatNobodyNamed() throws Exception {
        attack.refusesClaim(Reason.TOKEN_AUDIENCE, "aud", List.of("shop", "evil"));
        for (var azp : List.of("evil", "shop")) {
            attack.refuses(
                    Reason.TOKEN_AUDIENCE,
                    (header, claims) -> claims.putAll(Map.of("aud", List.of("shop", "evil"), "azp", azp)));
        }
    }

    @Test
    @Tag("ID-25")
    void believesATokenForNamedAudiencesOnlyWhenItIsAuthorizedForUs() throws Exception {
        try (var named = IdTokenAttack.with(Map.of("oidc.additional-audiences", "api"))) {
            var both = List.of("shop", "api");
            named.refusesClaim(Reason.TOKEN_AUTHORIZED_PARTY, "aud", both);
            named.refuses(
                    Reason.TOKEN_AUTHORIZED_PARTY,
                    (header, claims) -> claims.putAll(Map.of("aud", both, "azp", "api")));
            named.refusesClaim(Reason.TOKEN_AUDIENCE, "aud", List.of("api"));
            named.refuses(
                    Reason.TOKEN_AUDIENCE,
                    (header, claims) -> claims.putAll(Map.of("aud", List.of("shop", "evil"), "azp", "shop")));
            named.believes((header, claims) -> claims.putAll(Map.of("aud", both, "azp", "shop")));
        }
    }

    @Test
    @Tag("ID-26")
    void refusesATokenAuthorizedForAnotherParty() throws Exception {
        for (Object azp : List.of("c2", "", "shop ", "SHOP", 5, List.of("shop"))) {
            attack.refusesClaim(Reason.TOKEN_AUTHORIZED_PARTY, "azp", azp);
        }
        attack.refusesToken(Reason.TOKEN_MALFORMED, written(IdTokenAttack.HEADER, IdTokenAttack.added("\"azp\":null")));
        attack.believes((header, claims) -> claims.put("azp", "shop"));
    }

    @Test
    @Tag("ID-31")
    void refusesASubjectThatCannotBeOne() throws Exception {
        attack.refusesWithout(Reason.TOKEN_SUBJECT, "sub");
        for (Object sub : List.of("", 7, "x".repeat(256), " ", "\t", "\u00A0", "alice\n", List.of("alice"), true)) {
            attack.refusesClaim(Reason.TOKEN_SUBJECT, "sub", sub);
        }
        var longest = "x".repeat(255);
        assertEquals(longest, subject(attack.believes((header, claims) -> claims.put("sub", longest))));
    }

    @Test
    @Tag("ID-32")
    void refusesATokenWithoutNonce() throws Exception {
        attack.refusesWithout(Reason.TOKEN_NONCE, "nonce");
        attack.refusesClaim(Reason.TOKEN_NONCE, "nonce", "");
        attack.refusesText(Reason.TOKEN_MALFORMED, claim("nonce", "null"));
    }

    @Test
    @Tag("ID-34")
    void refusesWhatOnlyResemblesTheNonce() throws Exception {
        attack.refuses(
                Reason.TOKEN_NONCE, (header, claims) -> claims.computeIfPresent("nonce", (name, n) -> List.of(n)));
        attack.refuses(
                Reason.TOKEN_NONCE,
                (header, claims) -> claims.computeIfPresent("nonce", (name, n) -> half("SHA-256", n.toString(), 32)));
        attack.refuses(
                Reason.TOKEN_NONCE,
                (header, claims) -> claims.computeIfPresent("nonce", (name, n) -> swappedCase(n.toString())));
        attack.refuses(Reason.TOKEN_NONCE, (header, claims) -> claims.computeIfPresent("nonce", (name, n) -> n + " "));
    }

    private static String swappedCase(String text) {
        var upper = text.toUpperCase(Locale.ROOT);
        return upper.equals(text) ? text.toLowerCase(Locale.ROOT) : upper;
    }

    @Test
    @Tag("ID-35")
    void refusesTheHashOfAnotherAccessToken() throws Exception {
        attack.refusesClaim(Reason.TOKEN_ACCESS_TOKEN_HASH, "at_hash", half("SHA-256", "another access token", 16));
        for (Object wrong : List.of("", 5, List.of("x"))) {
            attack.refusesClaim(Reason.TOKEN_ACCESS_TOKEN_HASH, "at_hash", wrong);
        }
        attack.refusesText(Reason.TOKEN_MALFORMED, claim("at_hash", "null"));
    }

    @Test
    @Tag("ID-35")
    void refusesAHashOfAnotherSizeOfTheRightAccessToken() throws Exception {
        for (var hash :
                Map.of("SHA-384", 24, "SHA-512", 32, "SHA-256", 32, "SHA-1", 10).entrySet()) {
            attack.refusesAnswer(Reason.TOKEN_ACCESS_TOKEN_HASH, answer -> {
                var other = half(hash.getKey(), String.valueOf(answer.get("access_token")), hash.getValue());
                answer.computeIfPresent("id_token", (name, token) -> written(
                                IdTokenAttack.HEADER, claim("at_hash", "\"" + other + "\""))
                        .apply(token.toString()));
            });
        }
    }

    @Test
    @Tag("ID-36")
    void believesATokenWithoutTheHashOfTheAccessToken() throws Exception {
        attack.believes((header, claims) -> claims.remove("at_hash"));
    }

    private static String half(String hash, String text, int bytes) {
        try {
            var digest = MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.US_ASCII));
            return SigningKey.base64Url(Arrays.copyOf(digest, bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
