// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.Claims;

/** A bean that outlives requests and greets the caller of each. */
@ApplicationScoped
public class Greeter {
    private final @Nullable Caller caller;
    private final @Nullable Claims claims;

    /** For proxies. */
    public Greeter() {
        this.caller = null;
        this.claims = null;
    }

    @Inject
    public Greeter(Caller caller, Claims claims) {
        this.caller = caller;
        this.claims = claims;
    }

    /** What a service that is called with the caller's access token answers. */
    public String call(URI service) throws IOException, InterruptedException {
        return Objects.requireNonNull(caller)
                .send(HttpRequest.newBuilder(service).build(), BodyHandlers.ofString())
                .body();
    }

    /** Greets the caller, if there is one. */
    public String greet() {
        if (caller == null || claims == null) {
            throw new IllegalStateException("nothing was injected");
        }
        try {
            return "hello " + caller.subject() + ", "
                    + claims.string("preferred_username").orElse("?")
                    + (caller.roles().contains("admin") ? ", admin" : "");
        } catch (IllegalStateException nobody) {
            return String.valueOf(nobody.getMessage());
        }
    }
}
