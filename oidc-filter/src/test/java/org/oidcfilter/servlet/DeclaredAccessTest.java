// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest.Declared;
import org.oidcfilter.RequireAuthentication;

class DeclaredAccessTest {
    private static final Declared NOTHING = new Declared.Nothing();

    private static final Optional<LoginRequirement> MFA =
            Optional.of(new LoginRequirement(List.of("mfa"), Optional.empty()));

    private final AtomicInteger questions = new AtomicInteger();

    @Nullable
    private ClassLoader loader = DeclaredAccessTest.class.getClassLoader();

    private static class Plain {}

    @PermitAll
    private static class Open {}

    @RolesAllowed({"admin", "clerk"})
    private static class ForRoles {}

    @DenyAll
    private static class Closed {}

    @PermitAll
    @RolesAllowed("admin")
    private static class OpenAndForRoles {}

    @PermitAll
    @RolesAllowed("admin")
    @DenyAll
    private static class Everything {}

    private static final class Inheriting extends ForRoles {}

    @PermitAll
    private static final class OpenAgain extends Closed {}

    @RolesAllowed({})
    private static final class ForNoRole extends Open {}

    private static final class OnAMethod implements Runnable {
        @Override
        @RequireAuthentication
        public void run() {}
    }

    @RequireAuthentication(acr = "mfa")
    private static class Strong extends ForRoles {}

    @PermitAll
    private static final class StrongAndOpen extends Strong {}

    @RequireAuthentication
    private static final class NotSoStrong extends Strong {}

    private Optional<LoginRequirement> login(Class<?> servlet) {
        return new DeclaredAccess(context(servlet.getName()))
                .login(exchange("the servlet").request());
    }

    private Declared declared(Class<?> servlet) {
        return declared(servlet.getName());
    }

    private Declared declared(@Nullable String className) {
        return of(context(className), "the servlet");
    }

    private ServletContext context(@Nullable String className) {
        return Fake.of(ServletContext.class, (method, arguments) -> switch (method) {
            case "getClassLoader" -> loader;
            case "getServletRegistration" -> registration(className);
            default -> throw new AssertionError("nobody expected " + method);
        });
    }

    private ServletRegistration registration(@Nullable String className) {
        questions.incrementAndGet();
        return Fake.of(ServletRegistration.class, answering("getClassName", className));
    }

    private static Declared of(ServletContext context, @Nullable String servletName) {
        return new DeclaredAccess(context).of(exchange(servletName).request());
    }

    private static Exchange exchange(@Nullable String servletName) {
        return new Exchange()
                .with(
                        "getHttpServletMapping",
                        Fake.of(HttpServletMapping.class, answering("getServletName", servletName)));
    }

    private static Fake.Answers answering(String question, @Nullable String answer) {
        return (method, arguments) -> {
            assertEquals(question, method);
            return answer;
        };
    }

    @Test
    void theNearestClassThatSaysHowToLogInCountsWhateverItSaysOfRoles() {
        assertEquals(Optional.empty(), login(ForRoles.class));
        assertEquals(MFA, login(Strong.class));
        assertEquals(MFA, login(StrongAndOpen.class));
        assertEquals(Optional.of(LoginRequirement.NONE), login(NotSoStrong.class));
        assertEquals(new Declared.RolesAllowed(Set.of("admin", "clerk")), declared(Strong.class));
        assertEquals(new Declared.PermitAll(), declared(StrongAndOpen.class));
    }

    @Test
    void eachAnnotationSaysWhatItSays() {
        assertEquals(NOTHING, declared(Plain.class));
        assertEquals(new Declared.PermitAll(), declared(Open.class));
        assertEquals(new Declared.DenyAll(), declared(Closed.class));
        assertEquals(new Declared.RolesAllowed(Set.of("admin", "clerk")), declared(ForRoles.class));
    }

    @Test
    void anAnnotationThatHasNoEffectIsLogged() {
        var lines = new ArrayList<String>();
        var log = Logger.getLogger("org.oidcfilter");
        log.setFilter(line -> lines.add(line.getMessage()));
        try {
            assertEquals(Optional.empty(), login(OnAMethod.class));
            assertEquals(MFA, login(Strong.class));
        } finally {
            log.setFilter(null);
        }
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).contains(OnAMethod.class.getName()), lines.toString());
    }

    @Test
    void theStrictestAnnotationOnAClassWins() {
        assertEquals(new Declared.RolesAllowed(Set.of("admin")), declared(OpenAndForRoles.class));
        assertEquals(new Declared.DenyAll(), declared(Everything.class));
    }

    @Test
    void theNearestAnnotatedClassCounts() {
        assertEquals(new Declared.RolesAllowed(Set.of("admin", "clerk")), declared(Inheriting.class));
        assertEquals(new Declared.PermitAll(), declared(OpenAgain.class));
        assertEquals(new Declared.RolesAllowed(Set.of()), declared(ForNoRole.class));
    }

    @Test
    void whatIsNoServletOfTheApplicationDeclaresNothing() {
        assertEquals(NOTHING, of(context("not asked"), null));
        assertEquals(NOTHING, of(context("not asked"), ""));
        assertEquals(0, questions.get());
        var unknown = Fake.of(ServletContext.class, (method, arguments) -> null);
        assertEquals(NOTHING, of(unknown, "a servlet that nobody registered"));
        assertEquals(NOTHING, declared((String) null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.catalina.servlets.DefaultServlet",
                "org.apache.jasper.servlet.JspServlet",
                "org.eclipse.jetty.ee10.servlet.DefaultServlet",
                "io.undertow.servlet.handlers.DefaultServlet",
                "org.wildfly.extension.undertow.Some"
            })
    void theContainersOwnServletsDeclareNothing(String className) {
        assertEquals(NOTHING, declared(className));
    }

    @Test
    void whatCannotBeReadIsForNobody() {
        assertEquals(new Declared.DenyAll(), declared("no.such.Servlet"));
        assertEquals(new Declared.DenyAll(), declared("org.apache.catalinas.NotTheContainers"));
    }

    @Test
    void theClassLoaderOfTheThreadHelpsWhereTheContextHasNone() {
        loader = null;
        assertEquals(new Declared.DenyAll(), declared(Closed.class));
        assertEquals(NOTHING, declared(Plain.class));
    }

    @Test
    void aClassLoaderThatDoesNotKnowTheServletIsNotTheLast() {
        loader = ClassLoader.getPlatformClassLoader();
        assertEquals(NOTHING, declared(Plain.class));
        assertEquals(new Declared.PermitAll(), declared(Open.class));
    }

    @Test
    void aServletIsLookedAtOnce() {
        var access = new DeclaredAccess(context(Open.class.getName()));
        for (var i = 0; i < 3; i++) {
            assertEquals(
                    new Declared.PermitAll(), access.of(exchange("the servlet").request()));
        }
        assertEquals(1, questions.get());
        assertEquals(new Declared.PermitAll(), access.of(exchange("another").request()));
        assertEquals(2, questions.get());
    }

    @Test
    void anAnnotatedClassIsNeverInitialized() {
        assertEquals(new Declared.PermitAll(), declared(Explosive.class.getName()));
    }

    @PermitAll
    private static final class Explosive {
        static {
            explode();
        }

        private static void explode() {
            throw new AssertionError("initialized");
        }
    }
}
