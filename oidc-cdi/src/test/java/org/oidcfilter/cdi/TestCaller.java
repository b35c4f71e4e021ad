// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.Claims;
import org.oidcfilter.Secret;

/** A caller of whom nothing but the claims is asked for. */
record TestCaller(Map<String, Object> said) implements Caller {
    /** A request of {@code caller}, as far as anybody looks at it. */
    static HttpServletRequest request(@Nullable Caller caller) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                TestCaller.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getAttribute") && arguments[0].equals(Caller.ATTRIBUTE)) {
                        return caller;
                    }
                    throw new AssertionError("nothing else is to be asked of a request: " + method);
                });
    }

    @Override
    public Claims claims() {
        return new Said(said);
    }

    @Override
    public String getName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String issuer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String subject() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> roles() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Instant sessionExpiresAt() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Secret accessToken() {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        throw new UnsupportedOperationException();
    }

    private record Said(Map<String, Object> asMap) implements Claims {
        @Override
        public Optional<String> string(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Number> number(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Boolean> bool(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> strings(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
