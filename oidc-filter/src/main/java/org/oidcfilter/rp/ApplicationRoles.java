// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.RoleMapper;
import org.oidcfilter.RoleMapper.EndUser;
import org.oidcfilter.RoleMapperException;
import org.oidcfilter.config.RoleName;

/** Asks the application's own {@link RoleMapper}, as from a thread of the application, and holds it to its contract. */
final class ApplicationRoles {
    private final RoleMapper mapper;
    private final @Nullable ClassLoader loader;

    /** @param loader the application's class loader: tokens are renewed in threads that have none */
    ApplicationRoles(RoleMapper mapper, @Nullable ClassLoader loader) {
        this.mapper = mapper;
        this.loader = loader;
    }

    /** @throws RoleMapperException if there is no answer */
    Set<String> of(EndUser user) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return answer(user).orElseThrow(() -> failed("returned null"));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Whatever is thrown is caught: at a renewal it would take the new refresh token with it. */
    private Optional<Set<String>> answer(EndUser user) {
        try {
            return Optional.ofNullable(mapper.roles(user)).map(ApplicationRoles::valid);
        } catch (Exception | Error e) {
            throw failed("failed: " + e.getClass().getName() + place(e));
        }
    }

    /** Code that knows nothing of our annotations may return anything. */
    private static Set<String> valid(Set<String> roles) {
        return roles.stream().filter(RoleName::isValid).collect(Collectors.toUnmodifiableSet());
    }

    private RoleMapperException failed(String how) {
        return new RoleMapperException(mapper.getClass().getName() + " " + how);
    }

    /** In the mapper itself, where the trace has it. */
    private String place(Throwable failure) {
        var trace = List.of(failure.getStackTrace());
        return trace.stream()
                .filter(frame -> frame.getClassName().equals(mapper.getClass().getName()))
                .findFirst()
                .or(() -> trace.stream().findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
    }
}
