// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.http.HttpServlet;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {
    private static final Map<String, Object> ALL = Map.of(
            "email",
            "a@x.example",
            "email_verified",
            true,
            "level",
            3L,
            "score",
            new BigDecimal("1.5"),
            "updated_at",
            new BigDecimal("1767225600.25"),
            "groups",
            List.of("b", "a"),
            "address",
            Map.of("country", "NL"));

    @Test
    void injectsEachTypeThatAClaimCanHave() {
        with(ALL, EveryType.class, bean -> {
            assertEquals("a@x.example", bean.email);
            assertTrue(bean.verified && bean.verifiedToo);
            assertEquals(3, bean.level);
            assertEquals(3L, bean.levelToo);
            assertEquals(new BigDecimal("1.5"), bean.score);
            assertEquals(Instant.parse("2026-01-01T00:00:00.250Z"), bean.updatedAt);
            assertEquals(List.of("b", "a"), bean.groups);
            assertEquals(Set.of("a", "b"), bean.groupsToo);
            assertEquals(List.of("a@x.example"), bean.emails);
            assertEquals(Map.of("country", "NL"), bean.address);
        });
    }

    @Test
    void injectsOptionalsOfThem() {
        with(ALL, EveryOptional.class, bean -> {
            assertEquals(Optional.of("a@x.example"), bean.email);
            assertEquals(Optional.of(true), bean.verified);
            assertEquals(Optional.of(3L), bean.level);
            assertEquals(Optional.of(new BigDecimal("1.5")), bean.score);
            assertEquals(Optional.of(Instant.parse("2026-01-01T00:00:00.250Z")), bean.updatedAt);
            assertEquals(Optional.of(List.of("b", "a")), bean.groups);
            assertEquals(Optional.of(Set.of("a", "b")), bean.groupsToo);
            assertEquals(Optional.of(Map.of("country", "NL")), bean.address);
        });
    }

    @Test
    void anOptionalIsEmptyIfTheClaimIsNotThereOrNobodyIsLoggedIn() {
        with(Map.of(), EveryOptional.class, bean -> {
            assertTrue(bean.email.isEmpty() && bean.verified.isEmpty() && bean.level.isEmpty() && bean.score.isEmpty());
            assertTrue(bean.updatedAt.isEmpty() && bean.groups.isEmpty() && bean.groupsToo.isEmpty());
            assertTrue(bean.address.isEmpty());
        });
        with(null, EveryOptional.class, bean -> assertTrue(bean.email.isEmpty()));
    }

    @Test
    void anythingElseIsNotInjectedThenAndTheMessageNamesTheClaim() {
        with(Map.of("email", "a@x.example"), Shop.class, shop -> {
            assertEquals("a@x.example", shop.email.get());
            var absent = assertThrows(IllegalStateException.class, shop.groups::get);
            assertTrue(messages(absent).contains("there is no claim 'groups'"), messages(absent));
        });
        with(null, Shop.class, shop -> {
            var nobody = assertThrows(IllegalStateException.class, shop.email::get);
            assertTrue(messages(nobody).contains("nobody is logged in"), messages(nobody));
        });
    }

    @Test
    void aClaimOfAnotherTypeIsNotInjectedAndTheMessageDoesNotShowIt() {
        with(Map.of("email", List.of("a@x.example"), "groups", List.of("a", 1L)), Shop.class, shop -> {
            var list = assertThrows(IllegalStateException.class, shop.email::get);
            assertTrue(messages(list).contains("the claim 'email' is no string"), messages(list));
            assertFalse(messages(list).contains("x.example"), messages(list));
            assertThrows(IllegalStateException.class, shop.optional::get);
            assertThrows(IllegalStateException.class, shop.groups::get);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "9223372036854775808", "1e400"})
    void whatDoesNotFitIntoALongIsNone(String number) {
        assertTrue(ClaimType.INTEGER.reader().apply(new BigDecimal(number)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "1e400", "-9223372036854775808"})
    void whatIsNoTimeIsNone(String number) {
        assertTrue(ClaimType.TIME.reader().apply(new BigDecimal(number)).isEmpty());
    }

    /** The claims of the caller of the moment, though the bean is the same one. */
    @Test
    void aBeanThatOutlivesRequestsAsksAtEachCall() {
        try (var container = container(Shop.class)) {
            for (var email : List.of("a@x.example", "b@x.example")) {
                during(container, Map.of("email", email), Shop.class, shop -> {
                    assertEquals(email, shop.email.get());
                    assertEquals(Optional.of(email), shop.optional.get());
                });
            }
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {ForEver.class, ForASession.class, Single.class, WithPart.class, WithProducer.class})
    void aBeanThatWouldKeepAClaimIsNotDeployed(Class<?> type) {
        var refusal = assertThrows(RuntimeException.class, () -> container(type).close());
        assertTrue(messages(refusal).contains("@Claim(\"email\") in " + ClaimTest.class.getName()), messages(refusal));
        assertTrue(messages(refusal).contains("inject Instance or Provider of it"), messages(refusal));
    }

    @Test
    void aServletIsRefusedWhenItIsMadeUnlessItAsksAtEachCall() {
        try (var container = container(Shop.class)) {
            var refusal = assertThrows(RuntimeException.class, () -> inject(container, new Keeps()));
            assertTrue(messages(refusal).contains("$Keeps.email, which can outlive requests"), messages(refusal));
            var asks = new Asks();
            during(container, Map.of("email", "a@x.example"), Shop.class, shop -> {
                inject(container, asks);
                assertEquals("a@x.example", asks.email.get());
            });
        }
    }

    @Test
    void anInterceptorIsRefusedWhenItIsMade() {
        with(Map.of("email", "a@x.example"), Watched.class, bean -> {
            var refusal = assertThrows(RuntimeException.class, bean::serve);
            assertTrue(messages(refusal).contains("$Watcher.email, which can outlive requests"), messages(refusal));
        });
    }

    private static <T> void with(@Nullable Map<String, Object> claims, Class<T> type, Consumer<T> look) {
        try (var container = container(type)) {
            during(container, claims, type, look);
        }
    }

    private static <T> void during(
            SeContainer container, @Nullable Map<String, Object> claims, Class<T> type, Consumer<T> look) {
        container.select(Requests.class).get().caller(claims == null ? null : new TestCaller(claims));
        var requests = container.select(RequestContextController.class).get();
        requests.activate();
        try {
            look.accept(container.select(type).get());
        } finally {
            requests.deactivate();
        }
    }

    private static SeContainer container(Class<?> type) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new ClaimExtension())
                .addBeanClasses(Requests.class, CurrentCaller.class, ClaimProducers.class, Part.class, type)
                .enableInterceptors(Watcher.class)
                .addBeanClasses(Watcher.class)
                .initialize();
    }

    /** As servers do with what is no bean. */
    private static <T> void inject(SeContainer container, T target) {
        var beans = container.getBeanManager();
        @SuppressWarnings("unchecked") // its own class
        var type = (Class<T>) target.getClass();
        beans.getInjectionTargetFactory(beans.createAnnotatedType(type))
                .createInjectionTarget(null)
                .inject(target, beans.createCreationalContext(null));
    }

    private static String messages(Throwable failure) {
        return failure + (failure.getCause() == null ? "" : " <- " + messages(failure.getCause()));
    }

    /** A part of whoever has it. */
    @Dependent
    public static class EveryType {
        @Inject
        @Claim("email")
        String email;

        @Inject
        @Claim("email_verified")
        boolean verified;

        @Inject
        @Claim("email_verified")
        Boolean verifiedToo;

        @Inject
        @Claim("level")
        long level;

        @Inject
        @Claim("level")
        Long levelToo;

        @Inject
        @Claim("score")
        Number score;

        @Inject
        @Claim("updated_at")
        Instant updatedAt;

        @Inject
        @Claim("groups")
        List<String> groups;

        @Inject
        @Claim("groups")
        Set<String> groupsToo;

        @Inject
        @Claim("email")
        List<String> emails;

        @Inject
        @Claim("address")
        Map<String, Object> address;
    }

    /** A part of whoever has it. */
    @Dependent
    public static class EveryOptional {
        @Inject
        @Claim("email")
        Optional<String> email;

        @Inject
        @Claim("email_verified")
        Optional<Boolean> verified;

        @Inject
        @Claim("level")
        Optional<Long> level;

        @Inject
        @Claim("score")
        Optional<Number> score;

        @Inject
        @Claim("updated_at")
        Optional<Instant> updatedAt;

        @Inject
        @Claim("groups")
        Optional<List<String>> groups;

        @Inject
        @Claim("groups")
        Optional<Set<String>> groupsToo;

        @Inject
        @Claim("address")
        Optional<Map<String, Object>> address;
    }

    /** Outlives requests, and asks. */
    @Singleton
    public static class Shop {
        @Inject
        @Claim("email")
        Provider<String> email;

        @Inject
        @Claim("email")
        Instance<Optional<String>> optional;

        @Inject
        @Claim("groups")
        Instance<List<String>> groups;
    }

    /** Keeps a claim. */
    @ApplicationScoped
    public static class ForEver {
        @Inject
        @Claim("email")
        Optional<String> email;
    }

    /** Keeps a claim. */
    @SessionScoped
    public static class ForASession implements Serializable {
        private static final long serialVersionUID = 1L;

        @Inject
        @Claim("email")
        String email;
    }

    /** Keeps a claim. */
    @Singleton
    public static class Single {
        final String email;

        @Inject
        Single(@Claim("email") String email) {
            this.email = email;
        }
    }

    /** Keeps what keeps a claim. */
    @ApplicationScoped
    public static class WithPart {
        @Inject
        Part part;
    }

    /** Makes something of a claim that is kept. */
    @RequestScoped
    public static class WithProducer {
        @Produces
        @ApplicationScoped
        static StringBuilder made(@Claim("email") String email) {
            return new StringBuilder(email);
        }
    }

    /** Keeps a claim as long as it is kept itself. */
    @Dependent
    public static class Part {
        @Inject
        @Claim("email")
        Optional<String> email;
    }

    /** Keeps a claim. */
    static class Keeps extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        @Claim("email")
        transient Optional<String> email;
    }

    /** Keeps no claim. */
    static class Asks extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Inject
        @Claim("email")
        transient Instance<String> email;
    }

    /** What is watched. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Watch {}

    /** Keeps a claim as long as what it watches is kept. */
    @Watch
    @Interceptor
    public static class Watcher {
        @Inject
        @Claim("email")
        String email;

        @AroundInvoke
        public Object call(InvocationContext invocation) throws Exception {
            return email + invocation.proceed();
        }
    }

    /** Lives for ever, with whoever watches it. */
    @Watch
    @ApplicationScoped
    public static class Watched {
        public String serve() {
            return "";
        }
    }
}
