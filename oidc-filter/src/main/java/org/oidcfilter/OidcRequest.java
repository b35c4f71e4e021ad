// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the relying party needs to see of an HTTP request. Nothing here reads the body except {@link #form(int)}. */
public interface OidcRequest {
    /** Who says whether a login is needed. */
    enum Demand {
        /** The relying party's own access rules. */
        RULES,
        /** Nobody: the resource is open. */
        OPEN,
        /** The container: the resource is constrained. */
        REQUIRED,
        /** The application asks for a login now. */
        CHALLENGE,
        /** Only look: no reply, no refresh, no write. */
        PASSIVE
    }

    /** What the target of the request declares about who may call it. */
    sealed interface Declared {
        /** Nothing. */
        record Nothing() implements Declared {}

        /** Everybody may ({@code @PermitAll}). */
        record PermitAll() implements Declared {}

        /** Nobody may ({@code @DenyAll}). */
        record DenyAll() implements Declared {}

        /** Callers with one of {@code roles} may ({@code @RolesAllowed}). */
        record RolesAllowed(Set<String> roles) implements Declared {
            public RolesAllowed {
                roles = Set.copyOf(roles);
            }
        }
    }

    Demand demand();

    Declared declared();

    /** How the caller must have logged in for what answers the request, by its own words; empty if that says nothing. */
    Optional<LoginRequirement> required();

    /** The HTTP method, as sent. */
    String method();

    /** The scheme, host and port that the container believes the browser used, such as {@code https://shop.example}. */
    String origin();

    /** The context path as the browser writes it: empty or beginning with a slash. */
    String contextPath();

    /** The path below the context path, decoded and normalised by the container; begins with a slash. */
    String path();

    /** The request URI as sent: encoded path with the context path, without query. */
    String rawPath();

    /** The query as sent, without the question mark. */
    Optional<String> query();

    /** The first value of a header. */
    Optional<String> header(String name);

    /** The cookies, in the order they came. */
    List<Map.Entry<String, String>> cookies();

    /**
     * The body of an {@code application/x-www-form-urlencoded} request, undecoded. Asked for at the relying party's own
     * paths only.
     *
     * @param maxBytes what is more than the relying party wants to read
     * @throws InvalidResponseException if the body is longer or not of that type
     * @throws IOException if the body cannot be read
     */
    String form(int maxBytes) throws IOException;

    /** The session of the browser that sent the request. */
    SessionHandle session();

    /** What the application keeps of this browser, if sessions of ours are not kept with it. */
    ApplicationSession applicationSession();

    /**
     * Sets a cookie while the application answers; without effect if it is too late for that, because the answer has begun or
     * the request is over.
     */
    void setCookie(SetCookie cookie);
}
