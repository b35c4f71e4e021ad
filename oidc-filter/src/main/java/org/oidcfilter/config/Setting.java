// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import static org.oidcfilter.config.SettingDoc.doc;
import static org.oidcfilter.config.SettingGroup.*;
import static org.oidcfilter.config.SettingValue.*;

import java.util.Locale;
import java.util.Optional;

/** Everything that can be set. Each key stands here and nowhere else; the configuration reference is made from it. */
public enum Setting {
    ISSUER(
            PROVIDER,
            "oidc.issuer",
            required(Type.URL),
            doc(
                    "The provider's issuer identifier, exactly as the provider writes it. Its metadata is read from"
                            + " `/.well-known/openid-configuration` below.",
                    "https://id.example.com/realms/acme")),
    CLIENT_ID(
            PROVIDER,
            "oidc.client-id",
            required(Type.TEXT),
            doc("The name under which the provider knows this application.", "shop")),
    CLIENT_SECRET(
            PROVIDER,
            "oidc.client-secret",
            optional(Type.SECRET),
            doc(
                    "The password of this application at the provider. Without one the application is a public client.",
                    "the-secret-that-the-provider-shows-once")),
    CLIENT_SECRET_FILE(
            PROVIDER,
            "oidc.client-secret-file",
            optional(Type.FILE),
            doc(
                    "A file that holds the client secret, read once at start; a newline at its end does not count."
                            + " Instead of `oidc.client-secret`.",
                    "/run/secrets/oidc-client-secret")),
    CLIENT_AUTHENTICATION(
            PROVIDER,
            "oidc.client-authentication",
            choice(ClientConfig.Authentication.class, "auto"),
            doc(
                    "How the application proves itself at the token endpoint. `auto` takes what the provider supports,"
                            + " and `none` where there is no secret.",
                    "client_secret_post")),
    PROVIDER_TIMEOUT(
            PROVIDER,
            "oidc.provider-timeout",
            defaulted(Type.DURATION, "5s"),
            doc(
                    "How long a request may wait for the provider in all, however many answers it needs, from `100ms`"
                            + " to `60s`.",
                    "3s")),

    EXTERNAL_URL(
            ADDRESSES,
            "oidc.external-url",
            optional(Type.URL),
            doc(
                    "The address of the application as browsers see it: scheme, host, port and context path. Unset, the"
                            + " container's own view of each request is used.",
                    "https://www.example.com/shop")),
    PATH(
            ADDRESSES,
            "oidc.path",
            defaulted(Type.PATH, "/oidc"),
            doc("Where the filter's own pages live, below the context path.", "/sso")),
    CALLBACK_PATH(
            ADDRESSES,
            "oidc.callback-path",
            optional(Type.PATH),
            doc(
                    "Where the provider sends browsers back to, below the context path; unset, `/callback` below"
                            + " `oidc.path`. It may be a page of the application, which is shown whenever the provider has"
                            + " not sent anything along.",
                    "/Callback")),
    LOGOUT_CALLBACK_PATH(
            ADDRESSES,
            "oidc.logout-callback-path",
            optional(Type.PATH),
            doc(
                    "Where the provider sends browsers back to after a logout, below the context path; unset,"
                            + " `/logout/callback` below `oidc.path`. It may be a page of the application, which is shown"
                            + " to whoever does not come back from a logout.",
                    "/goodbye")),
    LANDING_PATH(
            ADDRESSES,
            "oidc.landing-path",
            optional(Type.PATH),
            doc(
                    "The page of this application that each login ends at, below the context path. Unset, it is the page"
                            + " that was asked for.",
                    "/welcome")),
    POST_LOGOUT_PATH(
            ADDRESSES,
            "oidc.post-logout-path",
            optional(Type.PATH),
            doc("The page of this application that a logout ends at, below the context path.", "/goodbye")),

    PUBLIC_PATHS(
            ACCESS,
            "oidc.public-paths",
            optional(Type.PATTERNS),
            doc(
                    "What needs no login, as servlet mappings: `/page`, `/folder/*`, `*.css`. An extension opens every"
                            + " path that ends so, whichever servlet answers it. Some containers show the welcome file of a"
                            + " folder by its own path, others by that of the folder: name both.",
                    "/, /index.html, /assets/*")),
    PATH_RULES(
            ACCESS,
            "oidc.path-rules",
            optional(Type.RULES),
            doc(
                    "What needs one of some roles besides a login: `PATTERN = role, role`, separated by `;`. With methods"
                            + " before the pattern a rule is about those only; `GET` includes `HEAD`. The role `**` is whoever"
                            + " is logged in.",
                    "/admin/* = admin; POST,PUT /orders/* = clerk, admin")),
    CONTAINER_SECURITY(
            ACCESS,
            "oidc.container-security",
            defaulted(Type.BOOLEAN, "false"),
            doc(
                    "Whether the container says what needs a login and which roles: `<security-constraint>` in `web.xml`,"
                            + " `@ServletSecurity`. Instead of the filter, which must not be mapped then.",
                    "true")),
    ROLES_CLAIM(
            ACCESS,
            "oidc.roles-claim",
            defaulted(Type.CLAIMS, "roles,realm_access.roles"),
            doc(
                    "The claims whose strings are the caller's roles, those of all the claims together. Add `groups` only"
                            + " where users cannot create groups themselves. A dot leads into an object; a name in single"
                            + " quotes, or one that begins with `https://`, is taken literally. `.*` at the end takes the"
                            + " names of an object's members, except those that are `null`, `false` or empty.",
                    "realm_access.roles, resource_access.'my.app'.roles")),
    ROLE_PATTERN(
            ACCESS,
            "oidc.role-pattern",
            optional(Type.EXPRESSION),
            doc(
                    "What a string of those claims, of all of them alike, has to look like, from end to end, to be a role:"
                            + " an expression of RE2. If it has a group, only that is the role.",
                    "/shop/([a-z-]+)")),
    ROLE_NAMES(
            ACCESS,
            "oidc.role-names",
            optional(Type.TABLE),
            doc(
                    "What the application calls the provider's roles: `NAME = role, role`, separated by `;`. A name with"
                            + " `,`, `;` or `=` in it stands in single quotes.",
                    "staff = user, clerk; 'CN=Shop Admins,OU=Groups' = admin")),
    UNMAPPED_ROLES(
            ACCESS,
            "oidc.unmapped-roles",
            choice(RoleNames.Others.class, "dropped"),
            doc("What becomes of a role that `oidc.role-names`, if it is set, does not name.", "kept")),
    ROLE_PREFIX(
            ACCESS,
            "oidc.role-prefix",
            optional(Type.TEXT),
            doc("What is put before each role that comes from a claim.", "ROLE_")),
    SCOPE_ROLE_PREFIX(
            ACCESS,
            "oidc.scope-role-prefix",
            optional(Type.TEXT),
            doc(
                    "Makes a role of each scope of `oidc.scope` that the token response says is granted, with this before"
                            + " it. A role of a claim that begins so is none, then.",
                    "SCOPE_")),
    ROLE_MAPPER(
            ACCESS,
            "oidc.role-mapper",
            optional(Type.CLASS),
            doc(
                    "A class of the application that has the last word: an `org.oidcfilter.RoleMapper` with a public"
                            + " constructor without parameters. It may take as long as `oidc.provider-timeout`.",
                    "com.example.ShopRoles")),
    CALLER_NAME_CLAIM(
            ACCESS,
            "oidc.caller-name-claim",
            defaulted(Type.CLAIMS, "preferred_username"),
            doc(
                    "The claims that may hold the caller's name, the preferred one first; the subject where none does. An"
                            + " `email` that the provider does not call verified (`email_verified`) is no name, nor is what"
                            + " has control characters, changes the direction of what is written after it, or is longer"
                            + " than 256 characters.",
                    "name, email")),

    SCOPE(
            LOGIN,
            "oidc.scope",
            defaulted(Type.TEXT, "openid profile email"),
            doc("What to ask the provider for, separated by spaces; `openid` is a must.", "openid profile groups")),
    RESPONSE_MODE(
            LOGIN,
            "oidc.response-mode",
            choice(LoginConfig.ResponseMode.class, "query"),
            doc("How the browser brings the provider's answer.", "form_post")),
    USERINFO(
            LOGIN,
            "oidc.userinfo",
            choice(LoginConfig.UserInfo.class, "auto"),
            doc(
                    "Whether a login asks the UserInfo endpoint. `auto` asks only when the ID token lacks a claim that is"
                            + " needed, `available` whenever the provider has such an endpoint.",
                    "never")),
    MAX_AGE(
            LOGIN,
            "oidc.max-age",
            optional(Type.DURATION),
            doc(
                    "How long ago the caller may have proved who they are at the provider: with a unit, at a second's"
                            + " precision.",
                    "1h")),
    ACR_VALUES(
            LOGIN,
            "oidc.acr-values",
            optional(Type.LIST),
            doc("The strengths of authentication to ask for and to insist on, the preferred one first.", "phr, mfa")),
    PROMPT(
            LOGIN,
            "oidc.prompt",
            optional(Type.LIST),
            doc(
                    "What the provider shall ask every caller for: `login`, `consent`, `select_account`, `create`.",
                    "login")),
    RESOURCE(
            LOGIN,
            "oidc.resource",
            optional(Type.LIST),
            doc(
                    "The addresses of the services that the access token is meant for (RFC 8707).",
                    "https://api.example.com/")),
    EXTRA_PARAMETERS(
            LOGIN,
            "oidc.extra-parameters",
            optional(Type.PARAMETERS),
            doc(
                    "Further parameters of every authentication request: `name=value, name=value`; a comma in a value is"
                            + " written `\\,`. Such as `ui_locales`, `display`, `login_hint`, `claims`, or what only this"
                            + " provider knows.",
                    "ui_locales=de en, hd=example.com")),
    LOGIN_RULES(
            LOGIN,
            "oidc.login-rules",
            optional(Type.RULES),
            doc(
                    "How logins for some paths differ: `PATTERN = name=value, name=value`, separated by `;`. What is asked"
                            + " for with `acr_values` and `max_age` is demanded of every request there: whoever logged in"
                            + " otherwise, or too long ago, logs in again. Of several rules that match, the later one"
                            + " wins.",
                    "/admin/* = acr_values=mfa, max_age=15m; /kiosk/* = prompt=login")),
    LOGIN_TIMEOUT(
            LOGIN,
            "oidc.login-timeout",
            defaulted(Type.DURATION, "10m"),
            doc("How long a caller may take to log in at the provider.", "15m")),
    SAVED_POSTS(
            LOGIN,
            "oidc.saved-posts",
            defaulted(Type.BOOLEAN, "false"),
            doc(
                    "Whether a form that was posted when the session was over is posted again once the same person has"
                            + " logged in: a form of a few kilobytes without files, from a page of the application. Else"
                            + " the login leads back to the page with the form.",
                    "true")),

    ID_TOKEN_ALGORITHMS(
            TOKENS,
            "oidc.id-token-algorithms",
            defaulted(Type.LIST, "RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA"),
            doc(
                    "The signature algorithms to accept, and no others; never `none`. `HS256`, `HS384` and `HS512` only"
                            + " where they are named, without any other beside them: their key is the client secret, which"
                            + " then needs 32, 48 or 64 bytes.",
                    "ES256, PS256")),
    ID_TOKEN_ENCRYPTION(
            TOKENS,
            "oidc.id-token-encryption",
            choice(TokenConfig.Demand.class, "required"),
            doc("Whether an ID token that is not encrypted is refused, once there are decryption keys.", "optional")),
    DECRYPTION_KEYS_FILE(
            TOKENS,
            "oidc.decryption-keys-file",
            optional(Type.FILE),
            doc(
                    "A file with the private keys that the provider encrypts to: a JWK Set, or RSA keys in PEM (PKCS #8)."
                            + " All of them decrypt; the public half of the first of each type is published at `/oidc/jwks`.",
                    "/run/secrets/oidc-decryption-keys.pem")),
    ADDITIONAL_AUDIENCES(
            TOKENS,
            "oidc.additional-audiences",
            optional(Type.LIST),
            doc(
                    "Whom ID tokens and signed UserInfo responses may be meant for besides this client. An ID token for several"
                            + " needs `azp` to be this client.",
                    "https://api.example.com")),
    USERINFO_SIGNATURE(
            TOKENS,
            "oidc.userinfo-signature",
            choice(TokenConfig.Demand.class, "optional"),
            doc(
                    "Whether a UserInfo response that is not signed is refused, or one that does not name the provider"
                            + " (`iss`) and this client (`aud`).",
                    "required")),
    CLOCK_SKEW(
            TOKENS,
            "oidc.clock-skew",
            defaulted(Type.DURATION, "30s"),
            doc("How far the provider's clock may be off, from `0s` to `5m`.", "1m")),

    SESSION_IDLE_TIMEOUT(
            SESSION,
            "oidc.session-idle-timeout",
            defaulted(Type.DURATION, "30m"),
            doc("How long a session lasts without being used, at a minute's precision.", "2h")),
    SESSION_LIFETIME(
            SESSION,
            "oidc.session-lifetime",
            defaulted(Type.DURATION, "8h"),
            doc("How long a session lasts however much it is used.", "12h")),
    SESSION_ENDS_WITH_ID_TOKEN(
            SESSION,
            "oidc.session-ends-with-id-token",
            defaulted(Type.BOOLEAN, "false"),
            doc(
                    "Whether a session ends when its ID token expires, unless a refresh brings a new one in time.",
                    "true")),
    SESSION_ENDS_WITH_ACCESS_TOKEN(
            SESSION,
            "oidc.session-ends-with-access-token",
            defaulted(Type.BOOLEAN, "false"),
            doc(
                    "Whether a session ends when its access token expires, unless a refresh brings a new one in time.",
                    "true")),
    SESSION_ENDS_WHEN_REFRESH_FAILS(
            SESSION,
            "oidc.session-ends-when-refresh-fails",
            defaulted(Type.BOOLEAN, "true"),
            doc(
                    "Whether a session ends when the provider refuses to renew its tokens, because the caller's session"
                            + " there has ended. That the provider cannot be reached ends no session.",
                    "false")),
    SESSION_EXPIRED(
            SESSION,
            "oidc.session-expired",
            choice(SessionConfig.Expired.class, "login"),
            doc(
                    "What somebody sees whose session is over: `login` goes to the provider, which lets whom it still"
                            + " knows pass without a word; `page` says first that the session has ended.",
                    "page")),
    APPLICATION_LOGOUT(
            SESSION,
            "oidc.application-logout",
            choice(SessionConfig.ApplicationLogout.class, "here"),
            doc(
                    "What `request.logout()` does besides ending the session: `here` nothing, the application answers;"
                            + " `leave` sends the browser to `oidc.post-logout-path`, or, if that is not set, to log in"
                            + " again; `provider` sends it to the provider, to sign out there, too. What the application"
                            + " answers to the same request counts if it is a redirect of its own.",
                    "provider")),
    EVENT_LISTENERS(
            SESSION,
            "oidc.event-listeners",
            optional(Type.CLASSES),
            doc(
                    "Classes of the application that are told of logins, refreshes, logouts and rejections: each an"
                            + " `org.oidcfilter.OidcEventListener` with a public constructor without parameters.",
                    "com.example.AuditLog")),
    REFRESH(
            SESSION,
            "oidc.refresh",
            defaulted(Type.BOOLEAN, "true"),
            doc(
                    "Whether tokens are renewed before they expire, with roles and claims, if the provider hands out a"
                            + " refresh token.",
                    "false")),
    REFRESH_AHEAD(
            SESSION,
            "oidc.refresh-ahead",
            defaulted(Type.DURATION, "30s"),
            doc(
                    "How long before their end tokens are renewed, from `0s` to `10m`; never more than half of their"
                            + " life.",
                    "1m")),
    REVOKE_TOKENS(
            SESSION,
            "oidc.revoke-tokens",
            defaulted(Type.BOOLEAN, "true"),
            doc(
                    "Whether signing out at the provider revokes the refresh and the access token, if the provider can"
                            + " (RFC 7009).",
                    "false")),
    API_ORIGINS(
            SESSION,
            "oidc.api-origins",
            optional(Type.LIST),
            doc(
                    "Where `Caller.send` may send the caller's access token: scheme, host and port of each service.",
                    "https://api.example.com, https://stock.example.com:8443")),
    SESSION_MODE(
            SESSION,
            "oidc.session",
            choice(SessionConfig.Kept.class, "container"),
            doc(
                    "Where a session is: `container`, in the container's `HttpSession`, with its time-outs and its"
                            + " clustering; `cookie`, in sealed cookies, so that servers keep nothing. `cookie` needs"
                            + " `oidc.cookie-keys`.",
                    "cookie")),
    SESSION_TOKENS(
            SESSION,
            "oidc.session-tokens",
            defaulted(Type.LIST, "id_token, access_token, refresh_token"),
            doc(
                    "Which tokens a session keeps, or `none`. Without `refresh_token` nothing is renewed; without"
                            + " `access_token` applications get none; without `id_token` its claims are kept, but not its"
                            + " signature, and the provider may ask whoever signs out.",
                    "refresh_token")),
    SESSION_COOKIE_SIZE(
            SESSION,
            "oidc.session-cookie-size",
            defaulted(Type.INTEGER, "6000"),
            doc(
                    "How many bytes of cookies a session may take, from 1000 to 32000, if it is kept in cookies. Servers"
                            + " refuse requests whose headers are larger than they expect, most of them from 8 KB on.",
                    "12000")),
    COOKIE_KEYS(
            SESSION,
            "oidc.cookie-keys",
            optional(Type.SECRETS),
            doc(
                    "Secrets of at least 32 characters that protect our cookies; the first one seals, all open. Unset,"
                            + " a client secret of that length does, else a random key that only this node knows.",
                    "a-new-random-text-of-some-44-characters-here,the-random-text-that-was-used-until-now-44ch")),
    COOKIE_KEYS_FILE(
            SESSION,
            "oidc.cookie-keys-file",
            optional(Type.FILE),
            doc(
                    "A file that holds the cookie keys, one a line, instead of `oidc.cookie-keys`. It is read again when"
                            + " it changes: put a new key in front, and take the old one out when all nodes have the new"
                            + " one and no session of the old one lives.",
                    "/run/secrets/oidc-cookie-keys")),

    SHARED_STATE(
            CLUSTER,
            "oidc.shared-state",
            choice(SharedStateConfig.Engine.class, "memory"),
            doc(
                    "Where the little is kept that all nodes must agree on: logouts, used logins, renewals of tokens. `memory`"
                            + " is for one node; `jcache` is a JCache (JSR 107) engine that the nodes share. Tested are"
                            + " Infinispan and Redisson, others are not.",
                    "jcache")),
    JCACHE_URI(
            CLUSTER,
            "oidc.jcache-uri",
            optional(Type.URL),
            doc(
                    "The engine's configuration: a URI, or the name of a resource on the class path. Unset, the engine's own"
                            + " default.",
                    "file:/etc/shop/redisson.yaml")),
    JCACHE_PROVIDER(
            CLUSTER,
            "oidc.jcache-provider",
            optional(Type.TEXT),
            doc(
                    "The class of the engine's `javax.cache.spi.CachingProvider`, if there are several on the class path.",
                    "org.redisson.jcache.JCachingProvider")),
    JCACHE_CACHE(
            CLUSTER,
            "oidc.jcache-cache",
            defaulted(Type.TEXT, "oidc"),
            doc(
                    "How the names of the two caches begin: `oidc-marks` and `oidc-uses`. They are created unless the"
                            + " engine's configuration defines them. Applications may share them.",
                    "shop-oidc")),
    SHARED_STATE_TIMEOUT(
            CLUSTER,
            "oidc.shared-state-timeout",
            defaulted(Type.DURATION, "1s"),
            doc("How long a request waits for an answer of the engine, from `50ms` to `30s`.", "500ms")),
    INSECURE_IGNORE_SHARED_STATE_OUTAGE(
            CLUSTER,
            "oidc.insecure-ignore-shared-state-outage",
            defaulted(Type.BOOLEAN, "false"),
            doc(
                    "Whether sessions are served while the engine gives no answer. A session that a logout has ended is served"
                            + " as well then, if this node does not hold it. Logins and logouts need the engine anyway.",
                    "true")),

    DISCOVERY(
            ENDPOINTS,
            "oidc.discovery",
            defaulted(Type.BOOLEAN, "true"),
            doc("Whether the provider publishes metadata. The addresses below win over what it publishes.", "false")),
    AUTHORIZATION_ENDPOINT(
            ENDPOINTS,
            "oidc.authorization-endpoint",
            optional(Type.URL),
            doc("Where browsers log in. Required without discovery.", "https://id.example.com/authorize")),
    TOKEN_ENDPOINT(
            ENDPOINTS,
            "oidc.token-endpoint",
            optional(Type.URL),
            doc("Where codes become tokens. Required without discovery.", "https://id.example.com/token")),
    JWKS_URI(
            ENDPOINTS,
            "oidc.jwks-uri",
            optional(Type.URL),
            doc("Where the provider's public keys are. Required without discovery.", "https://id.example.com/jwks")),
    USERINFO_ENDPOINT(
            ENDPOINTS,
            "oidc.userinfo-endpoint",
            optional(Type.URL),
            doc("Where the claims of UserInfo are.", "https://id.example.com/userinfo")),
    END_SESSION_ENDPOINT(
            ENDPOINTS,
            "oidc.end-session-endpoint",
            optional(Type.URL),
            doc("Where browsers log out.", "https://id.example.com/logout")),
    REVOCATION_ENDPOINT(
            ENDPOINTS,
            "oidc.revocation-endpoint",
            optional(Type.URL),
            doc("Where tokens are revoked.", "https://id.example.com/revoke"));

    private final SettingGroup group;
    private final String key;
    private final Type type;
    private final String typeName;
    private final boolean required;
    private final Optional<String> defaultValue;
    private final String description;
    private final String example;

    Setting(SettingGroup group, String key, SettingValue value, SettingDoc doc) {
        this.group = group;
        this.key = key;
        type = value.type();
        typeName = value.typeName();
        required = value.required();
        defaultValue = value.defaultValue();
        description = doc.description();
        example = doc.example();
    }

    /** What the setting is about. */
    public SettingGroup group() {
        return group;
    }

    /** The name of the setting in property files and system properties and as an init-param. */
    public String key() {
        return key;
    }

    /** The name of the setting as an environment variable. */
    public String environmentVariable() {
        return environmentVariable(key);
    }

    /** The environment variable that MicroProfile Config looks up for {@code key}. */
    static String environmentVariable(String key) {
        var form = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            form.append(isAsciiAlphanumeric(key.charAt(i)) ? key.charAt(i) : '_');
        }
        return form.toString().toUpperCase(Locale.ROOT);
    }

    /** What a value has to look like, for the reference. */
    public String type() {
        return typeName;
    }

    /** Whether there is no way without it. */
    public boolean isRequired() {
        return required;
    }

    /** What holds when it is not set. */
    public Optional<String> defaultValue() {
        return defaultValue;
    }

    /** What it is for, in Markdown. */
    public String description() {
        return description;
    }

    /** A value that works. */
    public String example() {
        return example;
    }

    /** Whether the value must not be seen. */
    public boolean isSecret() {
        return type == Type.SECRET || type == Type.SECRETS;
    }

    /** Whether a message may quote the value: no secret, and neither an address nor a file name that might be one. */
    boolean isQuotable() {
        return !isSecret() && type != Type.URL && type != Type.FILE;
    }

    private static boolean isAsciiAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
}
