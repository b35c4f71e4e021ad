// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.Claims;

/** The claims of the current caller; throws {@link IllegalStateException} while nobody is logged in. */
@RequestScoped
@Typed(Claims.class)
public class CurrentClaims implements Claims {
    private final @Nullable Caller caller;

    /** For the container's proxies. */
    public CurrentClaims() {
        this.caller = null;
    }

    /** For the container. */
    @Inject
    public CurrentClaims(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Optional<String> string(String name) {
        return current().string(name);
    }

    @Override
    public Optional<Number> number(String name) {
        return current().number(name);
    }

    @Override
    public Optional<Boolean> bool(String name) {
        return current().bool(name);
    }

    @Override
    public List<String> strings(String name) {
        return current().strings(name);
    }

    @Override
    public Map<String, Object> asMap() {
        return current().asMap();
    }

    private Claims current() {
        return Objects.requireNonNull(caller).claims();
    }
}
