// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A relying party as the provider knows it. Immutable: every method returns a changed copy. */
public final class Client {
    private final String id;
    private final @Nullable String secret;
    private final Uris uris;

    private Client(String id, @Nullable String secret, Uris uris) {
        this.id = id;
        this.secret = secret;
        this.uris = uris;
    }

    /** A client that authenticates with a secret, by {@code client_secret_basic} or {@code client_secret_post}. */
    public static Client confidential(String id, String secret) {
        return new Client(notBlank(id, "client id"), notBlank(secret, "client secret"), Uris.NONE);
    }

    /** A public client: it has no secret, only PKCE protects its codes (RFC 6749 section 2.1). */
    public static Client open(String id) {
        return new Client(notBlank(id, "client id"), null, Uris.NONE);
    }

    /** Registers one more redirect URI; requests must name it exactly. */
    public Client redirectUri(String uri) {
        return with(new Uris(and(uris.redirect(), absolute(uri)), uris.postLogout(), uris.logout()));
    }

    /** Registers one more URI to which a logout may return; requests must name it exactly. */
    public Client postLogoutRedirectUri(String uri) {
        return with(new Uris(uris.redirect(), and(uris.postLogout(), absolute(uri)), uris.logout()));
    }

    /** Where logout tokens for this client are sent (OpenID Connect Back-Channel Logout section 2.2). */
    public Client backchannelLogoutUri(String uri) {
        var logout = new LogoutUris(absolute(uri), uris.logout().frontchannel());
        return with(new Uris(uris.redirect(), uris.postLogout(), logout));
    }

    /**
     * What a logged-out browser loads in a frame, with {@code iss} and {@code sid} (OpenID Connect Front-Channel Logout
     * section 2).
     */
    public Client frontchannelLogoutUri(String uri) {
        var logout = new LogoutUris(uris.logout().backchannel(), absolute(uri));
        return with(new Uris(uris.redirect(), uris.postLogout(), logout));
    }

    /** The {@code client_id}. */
    public String id() {
        return id;
    }

    /** Whether the client has no secret. */
    public boolean isPublic() {
        return secret == null;
    }

    /** The redirect URIs, in the order of their registration. */
    public List<String> redirectUris() {
        return uris.redirect();
    }

    /** The URIs to which a logout may return, in the order of their registration. */
    public List<String> postLogoutRedirectUris() {
        return uris.postLogout();
    }

    /** Where logout tokens are sent, if anywhere. */
    public Optional<String> backchannelLogoutUri() {
        return Optional.ofNullable(uris.logout().backchannel());
    }

    /** What a logged-out browser loads in a frame, if anything. */
    public Optional<String> frontchannelLogoutUri() {
        return Optional.ofNullable(uris.logout().frontchannel());
    }

    private Client with(Uris changed) {
        return new Client(id, secret, changed);
    }

    boolean hasSecret(String candidate) {
        return secret != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** The identifier only. */
    @Override
    public String toString() {
        return "Client[" + id + "]";
    }

    private static List<String> and(List<String> uris, String uri) {
        var all = new ArrayList<>(uris);
        all.add(uri);
        return List.copyOf(all);
    }

    private static String absolute(String uri) {
        URI parsed = URI.create(uri);
        if (!parsed.isAbsolute() || parsed.getRawFragment() != null) {
            throw new IllegalArgumentException("A URI to register must be absolute and without fragment: " + uri);
        }
        return uri;
    }

    private static String notBlank(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The " + what + " must not be empty");
        }
        return value;
    }

    private record Uris(List<String> redirect, List<String> postLogout, LogoutUris logout) {
        static final Uris NONE = new Uris(List.of(), List.of(), new LogoutUris(null, null));
    }

    private record LogoutUris(
            @Nullable String backchannel, @Nullable String frontchannel) {}
}
