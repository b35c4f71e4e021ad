// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import org.oidcfilter.Reason;

/** Failures that lie in an ID token or a signed UserInfo response. */
final class TokenReasons {
    private static final String CLOCKS =
            "Set the clocks of both machines right (NTP); `oidc.clock-skew` forgives up to five minutes.";

    static final List<Explanation> ALL = List.of(
            refused(
                    Reason.TOKEN_MALFORMED,
                    "The token is not a signed JWT whose header and payload are JSON objects, or it is encrypted and"
                            + " there are no decryption keys.",
                    "If the provider encrypts: set `oidc.decryption-keys-file`, or switch encryption off for this client."
                            + " Otherwise it has to be corrected at the provider."),
            refused(
                    Reason.TOKEN_NOT_ENCRYPTED,
                    "The token is not encrypted. Once there are decryption keys, it has to be.",
                    "Let the provider encrypt ID tokens to the keys at `/oidc/jwks`, or set `oidc.id-token-encryption` to"
                            + " `optional`."),
            refused(
                    Reason.TOKEN_DECRYPTION,
                    "The token is encrypted to none of our decryption keys, or in a way that is not accepted.",
                    "Let the provider use the keys at `/oidc/jwks` as they are now, and an algorithm that they are"
                            + " published for. Keep an old key in `oidc.decryption-keys-file` until the provider has the"
                            + " new one."),
            refused(
                    Reason.TOKEN_TYP,
                    "The token's header says that it is something else than an ID token, for instance an access token or"
                            + " a logout token.",
                    "Correct the token's `typ` at the provider; `JWT`, or none, is right."),
            refused(
                    Reason.TOKEN_ALGORITHM,
                    "The provider signs with another algorithm than those that are allowed, for instance with `ES256`"
                            + " where only `RS256` is; the log names both.",
                    "Add the algorithm to `oidc.id-token-algorithms`, or choose an allowed one for this client at the"
                            + " provider. `none` is never accepted; HMAC (`HS256` …) only without any other beside it."),
            refused(
                    Reason.TOKEN_CRITICAL_HEADER,
                    "The token's header demands an extension (`crit`, `b64`) that the filter does not understand and may"
                            + " not ignore.",
                    "Switch the extension off at the provider."),
            refused(
                    Reason.TOKEN_KEY_UNKNOWN,
                    "The provider publishes no key that fits the token, or several between which the token does not"
                            + " choose. Keys that are weak, or meant for something else, do not count.",
                    "See that the provider publishes the key it signs with, of the right type and with `use` `sig`, and"
                            + " that several keys have different `kid`s. If `oidc.jwks-uri` is set, compare it with the"
                            + " provider's."),
            refused(
                    Reason.TOKEN_SIGNATURE,
                    "The published key did not make the token's signature. The token was changed, or another provider"
                            + " made it.",
                    "See that `oidc.issuer` and `oidc.jwks-uri` belong to the same provider, and that it publishes a new"
                            + " `kid` with a new key. If all that is right, take it for an attack."),
            refused(
                    Reason.TOKEN_ISSUER,
                    "The token's `iss` is missing, or not the configured issuer.",
                    "Set `oidc.issuer` to exactly what the provider writes, if that is the provider you mean; often its"
                            + " host name or its tenant differs."),
            refused(
                    Reason.TOKEN_SUBJECT,
                    "The token's `sub` is missing, longer than 255 characters, or not printable ASCII.",
                    "Choose another attribute for the subject at the provider."),
            refused(
                    Reason.TOKEN_AUDIENCE,
                    "The token was made for another client, or for others besides this one.",
                    "Compare `oidc.client-id` with the registration. Take further audiences out of the ID token at the"
                            + " provider, or name those you trust in `oidc.additional-audiences`."),
            refused(
                    Reason.TOKEN_AUTHORIZED_PARTY,
                    "The token's `azp` says that it was issued to another client, or is missing although the token is for"
                            + " several.",
                    "Compare `oidc.client-id` with the registration, and let the provider add `azp` to tokens for"
                            + " several audiences."),
            refused(Reason.TOKEN_EXPIRED, "The token's `exp` is missing, or past by our clock.", CLOCKS),
            refused(
                    Reason.TOKEN_ISSUED_AT,
                    "The token's `iat` is missing, in the future, or more than ten minutes ago by our clock.",
                    CLOCKS),
            refused(Reason.TOKEN_NOT_BEFORE, "The token's `nbf` is in the future by our clock.", CLOCKS),
            refused(
                    Reason.TOKEN_NONCE,
                    "The token's `nonce` is missing, or that of another login. The token may have been replayed.",
                    "If it happens every time, the provider does not repeat the `nonce`, or caches tokens: correct it"
                            + " there. Otherwise take it for an attack."),
            refused(
                    Reason.TOKEN_ACCESS_TOKEN_HASH,
                    "The token's `at_hash` does not fit the access token that came with it.",
                    "Look for something that changes tokens on the way, such as a gateway; otherwise it has to be"
                            + " corrected at the provider."),
            refused(
                    Reason.TOKEN_AUTH_TIME,
                    "The person proved who they are longer ago than `max_age` allows, or before a login with `prompt=login`"
                            + " began; or the token's `auth_time` does not say when, or is in the future by our clock.",
                    "Let the provider add `auth_time` to ID tokens and obey `max_age` and `prompt`; or raise `oidc.max-age`,"
                            + " or `max_age` in `oidc.login-rules`. If it happens to one person only, they may have changed"
                            + " the address. Keep both clocks right."),
            refused(
                    Reason.TOKEN_ACR,
                    "The person did not authenticate in one of the ways that `acr_values` insists on, or the token's `acr`"
                            + " does not say how.",
                    "Let the provider demand that authentication and say so in `acr`; or change `oidc.acr-values`, or"
                            + " `acr_values` in `oidc.login-rules`."),
            refused(
                    Reason.TOKEN_SID,
                    "The token's `sid` is blank, no string, or after a refresh another one than before.",
                    "It has to be corrected at the provider: the name of a session there stays the same as long as it"
                            + " lasts."),
            refused(
                    Reason.TOKEN_EVENTS,
                    "The token has `events`: it is a logout token and was sent in place of an ID token.",
                    "It has to be corrected at the provider. If it happens once, take it for an attack."));

    private TokenReasons() {}

    private static Explanation refused(Reason reason, String cause, String remedy) {
        return new Explanation(reason, Answer.NOT_ACCEPTED, cause, remedy);
    }
}
