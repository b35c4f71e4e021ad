// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No record tells what it holds of secrets, tokens, claims, headers or messages. */
class ToStringTest {
    private static final String SECRET = "marked-secret";

    /** Text that is as bad as a secret, by the names it has with us. */
    private static final Set<String> TELLING =
            Set.of("json", "body", "claims", "query", "subject", "sid", "state", "nonce");

    /** Maps of what the operator configured, and of headers that are always the same. */
    private static final Set<String> HARMLESS = Set.of("Wishes", "Proceed");

    private static final Path CLASSES = Repository.module().resolve("target/classes");

    static List<Class<?>> records() throws IOException {
        try (var files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && name.startsWith("org"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .<Class<?>>map(ToStringTest::type)
                    .filter(Class::isRecord)
                    .filter(type -> !HARMLESS.contains(type.getSimpleName()))
                    .toList();
        }
    }

    @Test
    void theRecordsAreFound() throws IOException {
        assertTrue(records().size() > 30, records()::toString);
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordKeepsItsSecrets(Class<?> type) {
        var text = String.valueOf(instance(type));
        assertFalse(text.contains(SECRET), text);
    }

    @Test
    void noticesARecordThatTalks() {
        record Talks(Map<String, String> members) {}
        assertEquals(
                "Talks[members={key=" + SECRET + "}]", instance(Talks.class).toString());
    }

    private static Object instance(Class<?> type) {
        var components = type.getRecordComponents();
        var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        List<@Nullable Object> values = new ArrayList<>();
        for (var component : components) {
            values.add(value(component.getGenericType(), TELLING.contains(component.getName())));
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " cannot be made for the test", e);
        }
    }

    private static @Nullable Object value(Type type, boolean telling) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            return container(raw, generic.getActualTypeArguments(), telling);
        }
        return type instanceof Class<?> plain ? plainValue(plain, telling) : "document";
    }

    private static @Nullable Object container(Class<?> raw, Type[] arguments, boolean telling) {
        if (raw == Optional.class) {
            return Optional.ofNullable(value(arguments[0], telling));
        }
        if (raw == Map.class) {
            return Map.of("key", SECRET);
        }
        if (raw == List.class) {
            return Stream.ofNullable(value(arguments[0], telling)).toList();
        }
        return raw == Set.class
                ? Set.copyOf(Stream.ofNullable(value(arguments[0], telling)).toList())
                : plainValue(raw, telling);
    }

    private static @Nullable Object plainValue(Class<?> type, boolean telling) {
        if (type == String.class) {
            return telling ? SECRET : "/text";
        }
        if (type == Secret.class) {
            return Secret.of(SECRET);
        }
        var simple = Map.<Class<?>, Object>of(
                int.class,
                1,
                long.class,
                1L,
                boolean.class,
                true,
                URI.class,
                URI.create("https://op.test/x"),
                Duration.class,
                Duration.ofSeconds(1),
                Instant.class,
                Instant.EPOCH);
        if (simple.containsKey(type)) {
            return simple.get(type);
        }
        if (type.isSealed()) {
            return plainValue(type.getPermittedSubclasses()[0], telling);
        }
        if (type.isRecord()) {
            return instance(type);
        }
        return type.isEnum() ? type.getEnumConstants()[0] : type.isInterface() ? silent(type) : null;
    }

    private static Object silent(Class<?> type) {
        InvocationHandler handler = (proxy, method, arguments) -> type.getSimpleName();
        return Proxy.newProxyInstance(ToStringTest.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, ToStringTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }
}
