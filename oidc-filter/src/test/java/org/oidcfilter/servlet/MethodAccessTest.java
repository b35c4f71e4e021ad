// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.oidcfilter.AccessDeniedException;
import org.oidcfilter.Caller;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest.Declared;
import org.oidcfilter.Reason;
import org.oidcfilter.RequireAuthentication;
import org.oidcfilter.rp.CallerSession;

class MethodAccessTest {
    private static final Declared USERS = new Declared.RolesAllowed(Set.of("user"));

    @Test
    void whatAMethodSaysCountsInPlaceOfItsClass() {
        assertEquals(USERS, access(Office.class, "plain").declared());
        assertEquals(new Declared.PermitAll(), access(Office.class, "open").declared());
        assertEquals(new Declared.DenyAll(), access(Office.class, "closed").declared());
        assertEquals(
                new Declared.RolesAllowed(Set.of("admin", "root")),
                access(Office.class, "admin").declared());
    }

    @Test
    void whatIsInheritedKeepsWhatItsOwnClassSays() {
        assertEquals(new Declared.Nothing(), access(Office.class, "free").declared());
        assertEquals(new Declared.DenyAll(), access(Office.class, "nobodys").declared());
    }

    @Test
    void whatIsOverriddenOrOfAnInterfaceCountsForNothing() {
        assertEquals(USERS, access(Office.class, "overridden").declared());
        assertEquals(USERS, access(Office.class, "promised").declared());
    }

    @Test
    void ofSeveralOnOneElementTheStrictestCounts() {
        assertEquals(
                new Declared.DenyAll(), access(Office.class, "contradictory").declared());
    }

    @Test
    void whatACompilerPutsInBetweenSaysNothing() throws NoSuchMethodException {
        var generic = Archive.class.getMethod("read", Object.class);
        assertTrue(generic.isBridge());
        assertEquals(USERS, MethodAccess.of(generic).declared());
        var hidden = Open.class.getMethod("kept");
        assertTrue(hidden.isBridge());
        assertEquals(USERS, MethodAccess.of(hidden).declared());
    }

    @Test
    void knowsWhatIsNotHeard() throws NoSuchMethodException {
        for (var name : List.of("nobodys", "free", "open")) {
            assertEquals(Optional.empty(), MethodAccess.unheard(Office.class.getMethod(name)), name);
        }
        assertEquals(Optional.empty(), MethodAccess.unheard(Office.class.getMethod("promised")), "the class says more");
        assertEquals(
                Promise.class,
                MethodAccess.unheard(Silent.class.getMethod("promised"))
                        .orElseThrow()
                        .getDeclaringClass());
        assertEquals(
                Building.class,
                MethodAccess.unheard(Silent.class.getMethod("overridden"))
                        .orElseThrow()
                        .getDeclaringClass());
    }

    @Test
    void knowsWhatIsOpen() {
        assertTrue(access(Office.class, "open").isOpen());
        assertTrue(access(Office.class, "free").isOpen());
        assertFalse(access(Office.class, "plain").isOpen());
        assertFalse(access(Office.class, "strong").isOpen());
    }

    @Test
    void letsThroughWhomItAllows() {
        assertDoesNotThrow(() -> access(Office.class, "open").check(Optional.empty()));
        assertDoesNotThrow(() -> access(Office.class, "free").check(Optional.empty()));
        assertDoesNotThrow(() -> access(Office.class, "plain").check(caller("user")));
        assertDoesNotThrow(() -> access(Office.class, "everybody").check(caller()));
        assertDoesNotThrow(() -> access(Office.class, "strong").check(strongly(true)));
    }

    @Test
    void refusesEverybodyElseWithTheReason() {
        assertRefused(Reason.LOGIN_REQUIRED, "plain", Optional.empty());
        assertRefused(Reason.LOGIN_REQUIRED, "everybody", Optional.empty());
        assertRefused(Reason.LOGIN_REQUIRED, "strong", Optional.empty());
        assertRefused(Reason.FORBIDDEN, "plain", caller("admin"));
        assertRefused(Reason.FORBIDDEN, "closed", Optional.empty());
        assertRefused(Reason.FORBIDDEN, "closed", caller("user"));
        assertRefused(Reason.FORBIDDEN, "nobody", caller("*"));
        assertRefused(Reason.INSUFFICIENT_USER_AUTHENTICATION, "strong", strongly(false));
        assertRefused(Reason.INSUFFICIENT_USER_AUTHENTICATION, "strong", caller("user"));
        assertRefused(Reason.INSUFFICIENT_USER_AUTHENTICATION, "plain", strongly(false));
    }

    @Test
    void aRefusalNamesTheLoginThatWouldHelp() {
        var login = new LoginRequirement(List.of("mfa"), Optional.of(Duration.ofMinutes(1)));
        assertEquals(Optional.of(login), refusal("strong", Optional.empty()).login());
        assertEquals(Optional.of(login), refusal("strong", strongly(false)).login());
        assertEquals(
                Optional.of(LoginRequirement.NONE),
                refusal("plain", Optional.empty()).login());
        assertEquals(Optional.empty(), refusal("closed", caller("user")).login());
    }

    private static void assertRefused(Reason reason, String method, Optional<Caller> caller) {
        assertEquals(reason, refusal(method, caller).reason());
    }

    private static AccessDeniedException refusal(String method, Optional<Caller> caller) {
        return assertThrows(
                AccessDeniedException.class, () -> access(Office.class, method).check(caller));
    }

    private static MethodAccess access(Class<?> type, String name) {
        return MethodAccess.of(Stream.of(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow());
    }

    private static Optional<Caller> caller(String... roles) {
        return Optional.of(proxy(Caller.class, roles, false));
    }

    private static Optional<Caller> strongly(boolean sufficient) {
        return Optional.of(proxy(CallerSession.class, new String[] {"user"}, sufficient));
    }

    private static <T extends Caller> T proxy(Class<T> type, String[] roles, boolean sufficient) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "roles" -> Set.of(roles);
                    case "meets" -> sufficient;
                    default -> throw new AssertionError(method);
                }));
    }

    interface Promise {
        @DenyAll
        void promised();
    }

    static class Building {
        public void free() {}

        @DenyAll
        public void nobodys() {}

        @DenyAll
        public void overridden() {}
    }

    @RolesAllowed("user")
    static class Office extends Building implements Promise {
        public void plain() {}

        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        @RolesAllowed({"admin", "root"})
        public void admin() {}

        @RolesAllowed("**")
        public void everybody() {}

        @RolesAllowed("*")
        public void nobody() {}

        @PermitAll
        @RolesAllowed("user")
        @DenyAll
        public void contradictory() {}

        @PermitAll
        @RequireAuthentication(acr = "mfa", maxAge = 60)
        public void strong() {}

        @Override
        public void overridden() {}

        @Override
        public void promised() {}
    }

    static class Silent extends Building implements Promise {
        @Override
        public void overridden() {}

        @Override
        public void promised() {}
    }

    interface Reader<T> {
        void read(T what);
    }

    @RolesAllowed("user")
    static class Archive implements Reader<String> {
        @Override
        public void read(String what) {}
    }

    @RolesAllowed("user")
    static class Hidden {
        public void kept() {}
    }

    /** The compiler makes the method of a class that is not public callable by a bridge. */
    public static class Open extends Hidden {}
}
