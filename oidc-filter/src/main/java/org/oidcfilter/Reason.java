// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.Locale;

/**
 * Why something was refused or failed. The {@link #code()} is stable: it stands on the error page and in the log.
 */
public enum Reason {
    /** The configuration has problems. */
    CONFIGURATION,
    /** The request came over plain http from another machine. */
    INSECURE_TRANSPORT,
    /** The request path can be read in more than one way. */
    AMBIGUOUS_PATH,
    /** The method is not one of those that the path answers to. */
    METHOD_NOT_ALLOWED,
    /** The message is too large. */
    TOO_LARGE,
    /** A session does not fit into cookies. */
    SESSION_TOO_LARGE,
    /** The caller lacks the role that the resource demands. */
    FORBIDDEN,
    /** A script asked for a resource that needs a login. */
    LOGIN_REQUIRED,
    /** The application's role mapper gave no answer. */
    ROLE_MAPPER_FAILED,
    /** The engine that the nodes share gives no answer. */
    SHARED_STATE_UNAVAILABLE,

    /** The authentication response is not a well-formed set of parameters. */
    RESPONSE_MALFORMED,
    /** A parameter occurs more than once. */
    RESPONSE_DUPLICATE_PARAMETER,
    /** The response came by another method than was asked for. */
    RESPONSE_MODE,
    /** The response has neither a code nor an error. */
    RESPONSE_CODE_MISSING,
    /** The response holds tokens that were never asked for. */
    RESPONSE_UNREQUESTED_TOKEN,
    /** The response has no {@code state}. */
    STATE_MISSING,
    /** This browser has no pending login with that {@code state}. */
    STATE_UNKNOWN,
    /** The {@code state} has been used before. */
    STATE_USED,
    /** The login took too long. */
    LOGIN_EXPIRED,
    /** The response has no {@code iss} although the provider always sends one. */
    ISSUER_MISSING,
    /** The response comes from another issuer. */
    ISSUER_MISMATCH,
    /** The provider answered a login with an error. */
    LOGIN_REFUSED,
    /** A login was asked for with a value that cannot be. */
    LOGIN_PARAMETER,
    /** A script asked for a resource that needs a stronger or fresher login than the caller's (RFC 9470). */
    INSUFFICIENT_USER_AUTHENTICATION,
    /** The settings and the application's code demand logins that no login can be at once. */
    LOGIN_UNATTAINABLE,
    /** A third-party-initiated login names a provider that is not ours. */
    INITIATING_ISSUER_UNKNOWN,
    /** The application asked for an access token after the session had ended. */
    SESSION_OVER,
    /** The application asked for an access token and there is none that is still good. */
    ACCESS_TOKEN_UNAVAILABLE,
    /** A logout came while the login was under way. */
    LOGGED_OUT_MEANWHILE,
    /** A logout was asked for with a scope that does not exist. */
    LOGOUT_SCOPE,
    /** The return from the provider's logout does not belong to a logout of this browser. */
    LOGOUT_STATE_UNKNOWN,

    /** The provider cannot be reached, or not in time. */
    PROVIDER_UNREACHABLE,
    /** The provider answered with an unexpected HTTP status. */
    PROVIDER_STATUS,
    /** The provider's answer has the wrong media type. */
    PROVIDER_MEDIA_TYPE,
    /** The provider's answer is not the JSON that it has to be. */
    PROVIDER_JSON,
    /** The provider's metadata lacks something or holds something of the wrong kind. */
    METADATA_INVALID,
    /** The provider's metadata names another issuer. */
    METADATA_ISSUER,
    /** An endpoint in the provider's metadata does not use https. */
    METADATA_INSECURE_ENDPOINT,
    /** The provider and the configuration have no signature algorithm in common. */
    METADATA_ALGORITHMS,
    /** The provider supports no client authentication method that is configured. */
    METADATA_CLIENT_AUTHENTICATION,
    /** The token endpoint answered with an error. */
    TOKEN_ERROR,
    /** The provider refused to renew tokens. */
    REFRESH_REFUSED,
    /** The provider refused to revoke a token. */
    REVOCATION_REFUSED,
    /** The token response lacks something or holds something of the wrong kind. */
    TOKEN_RESPONSE_INVALID,
    /** The token type is not {@code Bearer}. */
    TOKEN_TYPE,
    /** The token response has no ID token. */
    ID_TOKEN_MISSING,

    /** The token is not a compact JWS of JSON objects. */
    TOKEN_MALFORMED,
    /** The token is not encrypted although it has to be. */
    TOKEN_NOT_ENCRYPTED,
    /** The token cannot be decrypted with our keys, or not by an acceptable algorithm. */
    TOKEN_DECRYPTION,
    /** The token's {@code typ} says that it is something else. */
    TOKEN_TYP,
    /** The token's signature algorithm is not allowed. */
    TOKEN_ALGORITHM,
    /** The token's header demands an extension. */
    TOKEN_CRITICAL_HEADER,
    /** No published key fits the token. */
    TOKEN_KEY_UNKNOWN,
    /** The token's signature is wrong. */
    TOKEN_SIGNATURE,
    /** The token's {@code iss} is missing or another one. */
    TOKEN_ISSUER,
    /** The token's {@code sub} is missing or unusable. */
    TOKEN_SUBJECT,
    /** The token's {@code aud} does not name this client, or names others as well. */
    TOKEN_AUDIENCE,
    /** The token's {@code azp} is another client, or missing although there are several audiences. */
    TOKEN_AUTHORIZED_PARTY,
    /** The token's {@code exp} is missing or past. */
    TOKEN_EXPIRED,
    /** The token's {@code iat} is missing, in the future or too old. */
    TOKEN_ISSUED_AT,
    /** The token's {@code nbf} is in the future. */
    TOKEN_NOT_BEFORE,
    /** The token's {@code nonce} is missing or not that of this login. */
    TOKEN_NONCE,
    /** The token's {@code at_hash} does not fit the access token. */
    TOKEN_ACCESS_TOKEN_HASH,
    /** The token's {@code auth_time} is missing, too old or in the future. */
    TOKEN_AUTH_TIME,
    /** The token's {@code acr} is not one that was asked for. */
    TOKEN_ACR,
    /** The token carries logout {@code events}. */
    TOKEN_EVENTS,
    /** The token's {@code sid} is blank, no string, or not that of the login. */
    TOKEN_SID,
    /** The request to the back-channel logout address has no logout token. */
    LOGOUT_TOKEN_MISSING,
    /** The logout token names neither a subject nor a session. */
    LOGOUT_TOKEN_TARGET,
    /** The logout token does not say that it is one, by its {@code events}. */
    LOGOUT_TOKEN_EVENT,
    /** The logout token has a {@code nonce}, as only ID tokens have. */
    LOGOUT_TOKEN_NONCE,
    /** The logout token has no usable {@code jti}. */
    LOGOUT_TOKEN_JTI,
    /** The logout token has been here before. */
    LOGOUT_TOKEN_REPLAYED,

    /** The UserInfo response lacks something or holds something of the wrong kind. */
    USERINFO_INVALID,
    /** The UserInfo response is not signed although it has to be. */
    USERINFO_NOT_SIGNED,
    /** The UserInfo response is about somebody else. */
    USERINFO_SUBJECT,

    /** Something failed that should not have. */
    INTERNAL;

    /** The stable code: the name in lower case, words joined by underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
