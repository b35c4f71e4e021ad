// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Provider on the loopback interface, for demos and tests. It lets anybody log in as any configured user, and
 * it can be programmed to lie in every way a message can.
 *
 * <p>All methods may be called at any time and from any thread.
 */
public final class DevelopmentProvider implements AutoCloseable {
    private final Server server;
    private final Recorder recorder;
    private final Provider provider;
    private final Lies lies = new Lies();
    private final AuthorizationEndpoint authorization;
    private final Logout logout;

    DevelopmentProvider(Server server, Recorder recorder, Terms terms, Registry registry) {
        this.server = server;
        this.recorder = recorder;
        this.provider = Provider.create(terms, registry, lies);
        this.authorization = new AuthorizationEndpoint(provider);
        this.logout = new Logout(provider);
        server.start(routes());
    }

    /** Prepares a provider. */
    public static Builder builder() {
        return new Builder();
    }

    /** The issuer identifier, {@code http://localhost:PORT}. */
    public String issuer() {
        return provider.issuer();
    }

    /** Adds a client, or replaces the one with the same identifier. */
    public void register(Client client) {
        provider.registry().add(client);
    }

    /** Adds a user, or replaces the one with the same name; tokens made from now on carry the new claims. */
    public void register(User user) {
        provider.registry().add(user);
    }

    /**
     * From now on authentication requests are answered at once, without a page, as this user. A request with
     * {@code prompt=none} still needs a session that an earlier login left in the browser.
     *
     * @throws IllegalArgumentException if there is no such user
     */
    public void loginAs(String username) {
        authorization.logInAutomatically(provider.registry().userNamed(username).username());
    }

    /** From now on the login page is shown again. */
    public void showLoginPage() {
        authorization.logInAutomatically(null);
    }

    /** Everything that was asked so far, oldest first, at most the last ten thousand. */
    public List<Request> requests() {
        return recorder.all();
    }

    /** What was asked at this path so far, oldest first. */
    public List<Request> requests(String path) {
        return requests().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    /** Forgets what was asked so far. */
    public void forgetRequests() {
        recorder.forget();
    }

    /**
     * Signs with this algorithm from now on: RS256 (default), RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512 or
     * EdDSA. The keys of all are published from the start.
     *
     * @throws IllegalArgumentException for any other name
     */
    public void signWith(String algorithm) {
        provider.keys().signWith(algorithm);
    }

    /** Signs with new keys from now on. The old ones stay published until {@link #withdrawOldKeys}. */
    public void rotateKeys() {
        provider.keys().rotate();
    }

    /** Publishes only the keys that are in use. */
    public void withdrawOldKeys() {
        provider.keys().withdrawOld();
    }

    /** Changes ID tokens before they are signed; null ends the lie. */
    public void idTokens(@Nullable IdTokenLie lie) {
        lies.idTokens(lie);
    }

    /** Changes the logout tokens that are sent before they are signed; null ends the lie. */
    public void logoutTokens(@Nullable IdTokenLie lie) {
        lies.logoutTokens(lie);
    }

    /**
     * Replaces finished ID tokens; null ends the lie.
     *
     * @param replacement is given the honest token and returns any string instead
     */
    public void tokens(@Nullable Function<String, String> replacement) {
        lies.tokens(replacement);
    }

    /** Programs the answers of an endpoint. */
    public void answer(Endpoint endpoint, Answer answer) {
        lies.answer(endpoint, answer);
    }

    /** Ends all lies. An answer that is still blocked stays so until its code lets go. */
    public void honest() {
        lies.none();
    }

    /** Signs these claims as an honest ID token; {@code iss}, {@code iat} and {@code exp} are added where absent. */
    public String issueIdToken(Map<String, Object> claims) {
        return provider.tokens().idTokens().issue(claims);
    }

    /**
     * Signs these claims as an honest logout token, without ending a session or sending it; {@code iss}, {@code iat},
     * {@code exp}, {@code jti} and {@code events} are added where absent. The caller gives {@code aud}, and {@code sid},
     * {@code sub} or both.
     */
    public String issueLogoutToken(Map<String, Object> claims) {
        return provider.tokens().logoutTokens().issue(claims);
    }

    /**
     * Signs exactly these claims.
     *
     * @param header the JOSE header; if it has no {@code alg}, the current one and its {@code kid} are added, else it is
     *     taken as it is and signed as {@link IdTokenLie#tell} says
     */
    public String sign(Map<String, Object> header, Map<String, Object> claims) {
        if (header.containsKey("alg")) {
            return provider.keys().sign(header, claims);
        }
        var complete = new LinkedHashMap<>(provider.keys().header("JWT"));
        complete.putAll(header);
        return provider.keys().sign(complete, claims);
    }

    /** The published keys as a JSON Web Key Set. */
    public String publicJwks() {
        return provider.keys().jwks();
    }

    /** Who is logged in at the provider. */
    public List<Session> sessions() {
        return provider.sessions().all();
    }

    /**
     * Ends all sessions of a user, as an administrator would, and sends logout tokens to the clients that took part.
     * Returns when each has answered, or has not within five seconds.
     */
    public List<LogoutDelivery> endSession(String username) {
        return logout.end(session -> session.username().equals(username));
    }

    /** Ends one session, like {@link #endSession(String)}. */
    public List<LogoutDelivery> endSession(Session session) {
        return logout.end(candidate -> candidate.sid().equals(session.sid()));
    }

    /**
     * Ends a user's access and refresh tokens, also those for {@code offline_access}: the next refresh is answered
     * {@code invalid_grant}. Sessions stay, and nobody is told.
     */
    public void revokeTokens(String username) {
        provider.grants().revokeAllOf(username);
    }

    /** Stops listening. Answers that are still blocked are interrupted. */
    @Override
    public void close() {
        server.close();
    }

    private Routes routes() {
        var token = new TokenEndpoint(provider);
        var revocation = new RevocationEndpoint(provider);
        var userInfo = new UserInfoEndpoint(provider);
        var endSession = new EndSessionEndpoint(provider, logout);
        var discovery = new Discovery(issuer());
        var routes = new Routes(lies);
        routes.add("GET", "/", request -> StartPage.show(provider));
        routes.add("GET", Endpoint.DISCOVERY.path(), request -> discovery.metadata());
        routes.add("GET", Endpoint.JWKS.path(), request -> Reply.json(200, publicJwks()));
        routes.add("GET POST", Endpoint.AUTHORIZE.path(), authorization::authorize);
        routes.add("POST", "/login", authorization::login);
        routes.add("POST", Endpoint.TOKEN.path(), token::token);
        routes.add("POST", Endpoint.REVOCATION.path(), revocation::revoke);
        routes.add("GET POST", Endpoint.USERINFO.path(), userInfo::userInfo);
        routes.add("GET POST", Endpoint.END_SESSION.path(), endSession::endSession);
        routes.add("POST", "/end-session/confirm", endSession::confirm);
        return routes;
    }
}
