// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.Claims;
import org.oidcfilter.Secret;

/**
 * The caller of the current request. It looks again at every call, so that it is never stale, and it looks at what the
 * filter or the mechanism found, not at the injected request, which CDI hands out without the filter's wrapper.
 *
 * <p>While nobody is logged in every method throws {@link IllegalStateException}; inject {@code Optional<Caller>} where
 * that can happen.
 */
@RequestScoped
@Typed(Caller.class)
public class CurrentCaller implements Caller {
    private final @Nullable HttpServletRequest request;

    /** For the container's proxies. */
    public CurrentCaller() {
        this.request = null;
    }

    /** For the container. */
    @Inject
    public CurrentCaller(HttpServletRequest request) {
        this.request = request;
    }

    /** The caller at the moment of injection, or nobody. */
    @Produces
    @Dependent
    static Optional<Caller> caller(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    @Override
    public String getName() {
        return current().getName();
    }

    @Override
    public String issuer() {
        return current().issuer();
    }

    @Override
    public String subject() {
        return current().subject();
    }

    @Override
    public Set<String> roles() {
        return current().roles();
    }

    @Override
    public Claims claims() {
        return current().claims();
    }

    @Override
    public Instant sessionExpiresAt() {
        return current().sessionExpiresAt();
    }

    @Override
    public Secret accessToken() {
        return current().accessToken();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return current().send(request, handler);
    }

    private Caller current() {
        var known = request;
        return (known == null ? Optional.<Caller>empty() : caller(known))
                .orElseThrow(() -> new IllegalStateException("nobody is logged in"));
    }
}
