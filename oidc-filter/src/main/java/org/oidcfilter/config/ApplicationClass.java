// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.ConfigurationException;

/**
 * A class of the application that a setting names. None of its code runs before all settings are found to be right: what it
 * holds could not be closed otherwise.
 *
 * @param <T> what it implements
 */
public final class ApplicationClass<T> {
    private static final int MOST_CAUSES = 5;
    private static final String UNUSABLE =
            "must be a public class, not an abstract one, with a public constructor without parameters";

    private final Setting setting;
    private final Constructor<? extends T> constructor;
    private final ClassLoader loader;

    private ApplicationClass(Setting setting, Constructor<? extends T> constructor, ClassLoader loader) {
        this.setting = setting;
        this.constructor = constructor;
        this.loader = loader;
    }

    /** A parser of what {@code setting} says: the name of a class that implements {@code contract}. */
    static <T> Function<String, ApplicationClass<T>> parser(Setting setting, Class<T> contract) {
        return name -> find(setting, contract, name);
    }

    private static <T> ApplicationClass<T> find(Setting setting, Class<T> contract, String name) {
        var loader = applicationLoader(contract);
        try {
            var type = Class.forName(name, false, loader);
            return new ApplicationClass<>(setting, constructor(implementing(contract, type)), loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("must be a class of the application", e);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(UNUSABLE, e);
        } catch (LinkageError e) {
            throw new IllegalArgumentException(unloadable(e), e);
        }
    }

    /** Its name. */
    public String name() {
        return constructor.getDeclaringClass().getName();
    }

    /** The application's class loader. */
    public ClassLoader loader() {
        return loader;
    }

    /**
     * Makes the one instance.
     *
     * @throws ConfigurationException if it cannot be made
     */
    public T make() {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException e) {
            var failure = e.getTargetException();
            throw problem("must be a class whose constructor does not end in "
                    + failure.getClass().getName() + causes(failure));
        } catch (ReflectiveOperationException e) {
            throw problem(UNUSABLE);
        } catch (LinkageError e) {
            throw problem(unloadable(e));
        }
    }

    /** The kinds of what caused {@code failure}, without what they say, which could be anything. */
    public static String causes(Throwable failure) {
        var text = new StringBuilder();
        var cause = failure.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            text.append(", caused by ").append(cause.getClass().getName());
            cause = cause.getCause();
        }
        return text.toString();
    }

    /** The application's own, for the library may be one that several share. */
    private static ClassLoader applicationLoader(Class<?> contract) {
        var loader = Thread.currentThread().getContextClassLoader();
        return loader == null ? Objects.requireNonNull(contract.getClassLoader()) : loader;
    }

    private static <T> Class<? extends T> implementing(Class<T> contract, Class<?> type) {
        if (contract.isAssignableFrom(type)) {
            return type.asSubclass(contract);
        }
        throw new IllegalArgumentException("must be a class that implements " + contract.getName()
                + (implementsNamesake(contract, type)
                        ? "; it implements that of another copy of this library, of which server and application may have"
                                + " one together"
                        : ""));
    }

    private static boolean implementsNamesake(Class<?> contract, @Nullable Class<?> type) {
        return type != null
                && (type.getName().equals(contract.getName())
                        || implementsNamesake(contract, type.getSuperclass())
                        || Arrays.stream(type.getInterfaces()).anyMatch(each -> implementsNamesake(contract, each)));
    }

    private static <T> Constructor<T> constructor(Class<T> type) throws NoSuchMethodException {
        var modifiers = type.getModifiers();
        if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers)) {
            throw new IllegalArgumentException(UNUSABLE);
        }
        return type.getConstructor();
    }

    private static String unloadable(LinkageError e) {
        return "must be a class that loads with all it needs, without "
                + e.getClass().getName() + causes(e);
    }

    private ConfigurationException problem(String what) {
        return new ConfigurationException(List.of(setting.key() + " " + what + ", not '" + name() + "'"));
    }
}
