// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import org.oidcfilter.Reason;

/** Failures that lie in the provider, in the way to it, or in what is configured about it. */
final class ProviderReasons {
    static final List<Explanation> ALL = List.of(
            new Explanation(
                    Reason.PROVIDER_UNREACHABLE,
                    Answer.UNAVAILABLE,
                    "The provider gave no complete answer in time: its host is unknown or down, a firewall or proxy is in"
                            + " the way, its certificate is not trusted, or it is slow.",
                    "Try the address in the log from this machine. Trust its certificate in the JVM's trust store, name a"
                            + " proxy with `-Dhttps.proxyHost`, or raise `oidc.provider-timeout`."),
            new Explanation(
                    Reason.PROVIDER_STATUS,
                    Answer.UNAVAILABLE,
                    "The provider answered with an HTTP status other than 200: a fault of its own, a redirect, which is"
                            + " never followed, or a wrong address.",
                    "Open the address in the log. If it is not the provider's: correct `oidc.issuer`, or the endpoint in"
                            + " the settings. If it redirects: use the address it leads to."),
            new Explanation(
                    Reason.PROVIDER_MEDIA_TYPE,
                    Answer.NOT_ACCEPTED,
                    "The provider's answer is not declared as JSON, often because a proxy or a login page answered"
                            + " instead. 503 where it was the metadata or the keys.",
                    "Open the address in the log and see who answers. Correct `oidc.issuer` or the endpoint if it is the"
                            + " wrong one."),
            new Explanation(
                    Reason.PROVIDER_JSON,
                    Answer.NOT_ACCEPTED,
                    "The provider's answer is not JSON of the expected form, or has a member twice. 503 where it was the"
                            + " metadata or the keys.",
                    "Open the address and see who answers. If it is the provider, it has to be corrected there."),
            new Explanation(
                    Reason.METADATA_INVALID,
                    Answer.UNAVAILABLE,
                    "The provider's metadata lack something that is needed, or hold something of the wrong kind; the log"
                            + " says what.",
                    "Correct the provider, or give the endpoint in the settings, such as `oidc.jwks-uri`. If"
                            + " `userinfo_endpoint` is missing: set `oidc.userinfo-endpoint`, or `oidc.userinfo` to"
                            + " `never`."),
            new Explanation(
                    Reason.METADATA_ISSUER,
                    Answer.UNAVAILABLE,
                    "The discovery document at the configured issuer names another issuer.",
                    "Set `oidc.issuer` to exactly what the document says if that is the provider you mean; a slash at the"
                            + " end, `http` for `https` and the host name all count. Or set the provider's own external"
                            + " address."),
            new Explanation(
                    Reason.METADATA_INSECURE_ENDPOINT,
                    Answer.UNAVAILABLE,
                    "An endpoint of the provider uses plain http, where secrets and tokens could be read.",
                    "Give the provider https, and its external address if it stands behind a proxy. Plain http is for a"
                            + " provider on this machine only."),
            new Explanation(
                    Reason.METADATA_ALGORITHMS,
                    Answer.UNAVAILABLE,
                    "The provider signs ID tokens with none of the algorithms that are allowed; the log lists both.",
                    "Add one of the provider's algorithms to `oidc.id-token-algorithms`, or let the provider use one that"
                            + " is there."),
            new Explanation(
                    Reason.METADATA_CLIENT_AUTHENTICATION,
                    Answer.UNAVAILABLE,
                    "There is no way for this client to prove itself to the token endpoint that both sides know; the log"
                            + " lists both.",
                    "Set `oidc.client-authentication` to a method that the provider accepts from this client. Set"
                            + " `oidc.client-secret` if the method needs one, and remove it for `none`."),
            new Explanation(
                    Reason.TOKEN_ERROR,
                    Answer.REFUSED,
                    "The token endpoint refused to redeem the code; the log names its error. 503 for `server_error` and"
                            + " `temporarily_unavailable`.",
                    "`invalid_client`: compare `oidc.client-id`, `oidc.client-secret` and `oidc.client-authentication`"
                            + " with the registration at the provider. `invalid_grant`: the code was too old or used, or"
                            + " the redirect URI is another one: look at `oidc.external-url` and at the clocks."
                            + " `unauthorized_client`: allow this client the authorization code grant."),
            new Explanation(
                    Reason.TOKEN_RESPONSE_INVALID,
                    Answer.NOT_ACCEPTED,
                    "The token response lacks something or holds something of the wrong kind; the log says what.",
                    "It has to be corrected at the provider. See that `oidc.token-endpoint` is one, if it is set."),
            new Explanation(
                    Reason.TOKEN_TYPE,
                    Answer.NOT_ACCEPTED,
                    "The provider issued an access token of another type than `Bearer`.",
                    "Switch sender-constrained tokens (DPoP, MAC) off for this client at the provider."),
            new Explanation(
                    Reason.ID_TOKEN_MISSING,
                    Answer.NOT_ACCEPTED,
                    "The token response has no ID token: the provider took the login for plain OAuth.",
                    "See that the provider speaks OpenID Connect and that the client may ask for the scope `openid`."),
            new Explanation(
                    Reason.USERINFO_INVALID,
                    Answer.NOT_ACCEPTED,
                    "The UserInfo response lacks `sub` or holds something of the wrong kind.",
                    "It has to be corrected at the provider; `oidc.userinfo` set to `never` does without it."),
            new Explanation(
                    Reason.USERINFO_NOT_SIGNED,
                    Answer.NOT_ACCEPTED,
                    "The UserInfo response is not signed, and `oidc.userinfo-signature` demands that it is.",
                    "Let the provider sign UserInfo responses for this client, or set `oidc.userinfo-signature` to"
                            + " `optional`."),
            new Explanation(
                    Reason.USERINFO_SUBJECT,
                    Answer.NOT_ACCEPTED,
                    "The UserInfo response is about somebody else than the ID token. Believing it would mix up people.",
                    "Look for a cache in front of the provider's UserInfo endpoint, and for a provider that uses"
                            + " different subjects in the two; `oidc.userinfo` set to `never` does without it."));

    private ProviderReasons() {}
}
