// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import org.oidcfilter.RoleMapper;

/** Makes the application's {@link RoleMapper} of its name. */
final class RoleMapperClass {
    private RoleMapperClass() {}

    static RoleMapper load(String name) {
        try {
            var type = Class.forName(name, false, loader());
            if (!RoleMapper.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException("must be a class that implements " + RoleMapper.class.getName());
            }
            return (RoleMapper) type.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("must be a class of the application", e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("must be a class whose constructor does not end in " + kind(e), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "must be a public class, not an abstract one, with a public constructor without parameters", e);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(
                    "must be a class that loads with all it needs: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    /** The application's own, for the library may be one that several share. */
    private static ClassLoader loader() {
        var loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? Objects.requireNonNull(RoleMapper.class.getClassLoader()) : loader;
    }

    private static String kind(InvocationTargetException failure) {
        return failure.getTargetException().getClass().getName();
    }
}
