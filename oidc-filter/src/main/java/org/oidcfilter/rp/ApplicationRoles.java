// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.List;
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
            return valid(mapper.roles(user));
        } catch (RoleMapperException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed("failed: " + e.getClass().getName() + place(e));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Code that knows nothing of our annotations may return anything. */
    private Set<String> valid(@Nullable Set<String> roles) {
        if (roles == null) {
            throw failed("returned null");
        }
        return roles.stream().filter(RoleName::isValid).collect(Collectors.toUnmodifiableSet());
    }

    private RoleMapperException failed(String how) {
        return new RoleMapperException(mapper.getClass().getName() + " " + how);
    }

    /** In the mapper itself, where the trace has it. */
    private String place(RuntimeException failure) {
        var trace = List.of(failure.getStackTrace());
        return trace.stream()
                .filter(frame -> frame.getClassName().equals(mapper.getClass().getName()))
                .findFirst()
                .or(() -> trace.stream().findFirst())
                .map(frame -> " at " + frame)
                .orElse("");
    }
}
