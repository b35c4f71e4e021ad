// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Changes a running realm through Keycloak's admin REST API. */
public final class KeycloakAdmin {
    public static final String USERNAME = "admin";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final URI realm;
    private final String password;

    public KeycloakAdmin(URI base, String realm, String password) {
        this.base = base;
        this.realm = base.resolve("/admin/realms/" + realm);
        this.password = password;
    }

    /** Registers a client, given as Keycloak's client representation. */
    public void createClient(Map<String, ?> client) throws IOException, InterruptedException {
        send("POST", "/clients", client);
    }

    /** Registers a client like another one, except for some members of its representation. */
    public void createClientLike(String clientId, Map<String, ?> changes) throws IOException, InterruptedException {
        Map<String, Object> copy = new HashMap<>(client(clientId));
        copy.remove("id");
        copy.put("protocolMappers", withoutIds(maps(client(clientId).get("protocolMappers"))));
        copy.putAll(changes);
        createClient(copy);
    }

    private static List<Map<String, Object>> withoutIds(List<Map<String, Object>> mappers) {
        mappers.forEach(mapper -> mapper.remove("id"));
        return mappers;
    }

    public void deleteClient(String clientId) throws IOException, InterruptedException {
        send("DELETE", "/clients/" + id(client(clientId)), Map.of());
    }

    /** Replaces a client's redirect URIs; in the realm of the tests they are its post-logout redirect URIs, too. */
    public void setRedirectUris(String clientId, String... redirectUris) throws IOException, InterruptedException {
        change(clientId, Map.of("redirectUris", List.of(redirectUris)));
    }

    /** Replaces members of a client's representation; others stay. */
    public void change(String clientId, Map<String, ?> changes) throws IOException, InterruptedException {
        Map<String, Object> client = new HashMap<>(client(clientId));
        client.putAll(changes);
        send("PUT", "/clients/" + id(client), client);
    }

    /** Sets attributes of a client, such as {@code backchannel.logout.url}; others stay. */
    public void setAttributes(String clientId, Map<String, String> attributes)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(attributes(clientId));
        all.putAll(attributes);
        change(clientId, Map.of("attributes", all));
    }

    @SuppressWarnings("unchecked") // a JSON object of strings
    public Map<String, String> attributes(String clientId) throws IOException, InterruptedException {
        return (Map<String, String>) Objects.requireNonNull(client(clientId).get("attributes"));
    }

    /** A client as Keycloak represents it. */
    public Map<String, Object> client(String clientId) throws IOException, InterruptedException {
        return only(list("/clients?clientId=" + clientId), clientId);
    }

    /** The single sign-on sessions of a user, each as Keycloak represents it. */
    public List<Map<String, Object>> sessions(String username) throws IOException, InterruptedException {
        return list("/users/" + userId(username) + "/sessions");
    }

    /** Ends all sessions of a user, which tells the clients with a back-channel logout URL. */
    public void logOut(String username) throws IOException, InterruptedException {
        send("POST", "/users/" + userId(username) + "/logout", Map.of());
    }

    /** Ends one single sign-on session, as {@link #logOut} ends all of a user. */
    public void endSession(String id) throws IOException, InterruptedException {
        send("DELETE", "/sessions/" + id, Map.of());
    }

    /** Gives a user a role of the realm. */
    public void grant(String username, String role) throws IOException, InterruptedException {
        send("POST", roles(username), List.of(realmRole(role)));
    }

    /** Takes a role of the realm from a user. */
    public void withdraw(String username, String role) throws IOException, InterruptedException {
        send("DELETE", roles(username), List.of(realmRole(role)));
    }

    private String roles(String username) throws IOException, InterruptedException {
        return "/users/" + userId(username) + "/role-mappings/realm";
    }

    private Map<String, Object> realmRole(String role) throws IOException, InterruptedException {
        return parse(send("GET", "/roles/" + role, Map.of()));
    }

    /** The {@code sub} of a user. */
    public String userId(String username) throws IOException, InterruptedException {
        return id(only(list("/users?exact=true&username=" + username), username));
    }

    /** The {@code kid} of the key that signs with RS256 now. */
    public String signingKeyId() throws IOException, InterruptedException {
        Map<?, ?> active = (Map<?, ?>) Objects.requireNonNull(keys().get("active"));
        return text(active.get("RS256"));
    }

    /** Makes a new key sign from now on; the old ones stay published. */
    public void addSigningKey() throws IOException, InterruptedException {
        int priority = 1000 + signingKeys().size();
        Map<String, List<String>> config = Map.of(
                "priority", List.of(Integer.toString(priority)),
                "algorithm", List.of("RS256"),
                "keySize", List.of("2048"));
        send(
                "POST",
                "/components",
                Map.of(
                        "name",
                        "rotated-" + priority,
                        "providerId",
                        "rsa-generated",
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "config",
                        config));
    }

    /** Withdraws every RS256 key that does not sign now. */
    public void removeFormerSigningKeys() throws IOException, InterruptedException {
        String current = signingKeyId();
        for (Map<String, Object> key : signingKeys()) {
            if (!text(key.get("kid")).equals(current)) {
                send("DELETE", "/components/" + text(key.get("providerId")), Map.of());
            }
        }
    }

    private List<Map<String, Object>> signingKeys() throws IOException, InterruptedException {
        return maps(keys().get("keys")).stream()
                .filter(key -> "RS256".equals(key.get("algorithm")))
                .toList();
    }

    private Map<String, Object> keys() throws IOException, InterruptedException {
        return parse(send("GET", "/keys", Map.of()));
    }

    private List<Map<String, Object>> list(String path) throws IOException, InterruptedException {
        return maps(parse("{\"list\":" + send("GET", path, Map.of()) + "}").get("list"));
    }

    private String send(String method, String path, Map<String, ?> body) throws IOException, InterruptedException {
        return send(method, path, body.isEmpty() ? "" : JsonUtil.toJson(body));
    }

    private void send(String method, String path, List<Map<String, Object>> body)
            throws IOException, InterruptedException {
        send(method, path, body.stream().map(JsonUtil::toJson).collect(joining(",", "[", "]")));
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return success(client.send(request, BodyHandlers.ofString()));
    }

    /** Asked for each time, because it lives for a minute only. */
    private String token() throws IOException, InterruptedException {
        String form = "grant_type=password&client_id=admin-cli&username=" + USERNAME + "&password=" + password;
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/realms/master/protocol/openid-connect/token"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return text(
                parse(success(client.send(request, BodyHandlers.ofString()))).get("access_token"));
    }

    private static String success(HttpResponse<String> response) throws IOException {
        if (response.statusCode() / 100 != 2) {
            String request = response.request().method() + " " + response.uri();
            throw new IOException(request + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static Map<String, Object> parse(String json) throws IOException {
        try {
            return JsonUtil.parseJson(json);
        } catch (JoseException e) {
            throw new IOException(e);
        }
    }

    @SuppressWarnings("unchecked") // a JSON array of objects
    private static List<Map<String, Object>> maps(@Nullable Object list) {
        return (List<Map<String, Object>>) Objects.requireNonNull(list);
    }

    private static Map<String, Object> only(List<Map<String, Object>> found, String name) throws IOException {
        if (found.size() != 1) {
            throw new IOException(found.size() + " are called " + name);
        }
        return found.get(0);
    }

    private static String id(Map<String, Object> representation) {
        return text(representation.get("id"));
    }

    private static String text(@Nullable Object value) {
        return (String) Objects.requireNonNull(value);
    }
}
