// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.oidcfilter.it.scenarios.AccessScenarios;
import org.oidcfilter.it.scenarios.BackchannelScenarios;
import org.oidcfilter.it.scenarios.BeansScenarios;
import org.oidcfilter.it.scenarios.ConstrainedDefinitionScenarios;
import org.oidcfilter.it.scenarios.ConstraintScenarios;
import org.oidcfilter.it.scenarios.CookieSessionScenarios;
import org.oidcfilter.it.scenarios.DefinitionScenarios;
import org.oidcfilter.it.scenarios.DispatchScenarios;
import org.oidcfilter.it.scenarios.ErrorScenarios;
import org.oidcfilter.it.scenarios.ForgetfulContainerScenarios;
import org.oidcfilter.it.scenarios.FormPostScenarios;
import org.oidcfilter.it.scenarios.ForwardScenarios;
import org.oidcfilter.it.scenarios.FrontchannelScenarios;
import org.oidcfilter.it.scenarios.GuardedBeansScenarios;
import org.oidcfilter.it.scenarios.HostileRequestScenarios;
import org.oidcfilter.it.scenarios.IdentityScenarios;
import org.oidcfilter.it.scenarios.InvalidRedirectScenarios;
import org.oidcfilter.it.scenarios.JakartaSampleScenarios;
import org.oidcfilter.it.scenarios.LoginScenarios;
import org.oidcfilter.it.scenarios.LogoutScenarios;
import org.oidcfilter.it.scenarios.NeighbourScenarios;
import org.oidcfilter.it.scenarios.OpenIdContextScenarios;
import org.oidcfilter.it.scenarios.OriginalResourceScenarios;
import org.oidcfilter.it.scenarios.PathScenarios;
import org.oidcfilter.it.scenarios.RefreshScenarios;
import org.oidcfilter.it.scenarios.RoleScenarios;
import org.oidcfilter.it.scenarios.SessionIdScenarios;
import org.oidcfilter.it.scenarios.SessionScenarios;
import org.oidcfilter.it.scenarios.SideBySideScenarios;
import org.oidcfilter.it.scenarios.StepUpScenarios;
import org.oidcfilter.it.scenarios.TwoFiltersScenarios;
import org.oidcfilter.it.scenarios.UploadScenarios;
import org.oidcfilter.it.scenarios.WebSocketScenarios;

/**
 * A row of the table: scenarios that belong together, and where they cannot apply.
 *
 * @param scenarios the interfaces that declare the tests
 */
record Row(String title, List<Class<?>> scenarios, Optional<NotApplicable> exception) {
    private static final String NO_BEANS =
            "Beans on Jetty need its module `cdi`, and that of ee10 is not at Maven Central in the"
                    + " version that is tested here.";

    /** All that is promised on every container, and all that is not. */
    static final List<Row> ALL = List.of(
            row("Login", LoginScenarios.class),
            row("Login by `form_post`", FormPostScenarios.class),
            row("Roles of `@RolesAllowed`, `@DenyAll`, `@PermitAll`, and of paths", AccessScenarios.class),
            row("Stronger and fresher logins, by `@RequireAuthentication` and by code", StepUpScenarios.class),
            row("Roles of `web.xml` constraints, `@ServletSecurity`, `security-role-ref`", ConstraintScenarios.class)
                    .except(
                            combination -> combination.mode() == Mode.FILTER,
                            "Constraints are the container's own. With the filter, `oidc.path-rules` and the annotations of"
                                    + " the row before say the same, and an application that has constraints all the same is"
                                    + " told so at its start."),
            row("Roles that a class of the application gives", RoleScenarios.class),
            row("Beans: `@Inject Caller`, calls in the caller's name", BeansScenarios.class)
                    .except(Row::hasNoBeans, NO_BEANS),
            row("`@RolesAllowed` and the like on methods of beans and of Jakarta REST", GuardedBeansScenarios.class)
                    .except(Row::hasNoBeans, NO_BEANS),
            row("Jakarta Security: `OpenIdContext`, tokens and claims in beans", OpenIdContextScenarios.class)
                    .except(Row::hasNoBeans, NO_BEANS),
            row(
                            "Jakarta Security: `@OpenIdAuthenticationMechanismDefinition`, `SecurityContext`, identity stores",
                            DefinitionScenarios.class,
                            IdentityScenarios.class)
                    .except(Row::hasNoBeans, NO_BEANS),
            row(
                            "Jakarta Security: the definition with constraints, other redirect URIs",
                            ConstrainedDefinitionScenarios.class,
                            InvalidRedirectScenarios.class,
                            OriginalResourceScenarios.class)
                    .except(
                            combination -> combination.mode() == Mode.FILTER || hasNoBeans(combination),
                            "Constraints and beans as above; what the redirect URI is makes no difference to the filter."),
            row("The sample application of Jakarta EE", JakartaSampleScenarios.class)
                    .except(
                            combination -> combination.mode() == Mode.FILTER || hasNoBeans(combination),
                            "It has a definition, so that the container asks us, and beans."),
            row("Logout: by a link, at the provider, `request.logout()`, end of the session", LogoutScenarios.class),
            row("Back-channel logout", BackchannelScenarios.class),
            row("Front-channel logout", FrontchannelScenarios.class),
            row("Refresh of tokens and roles", RefreshScenarios.class),
            row("Errors", ErrorScenarios.class),
            row("Asynchronous and error dispatches", DispatchScenarios.class),
            row("Forward and include", ForwardScenarios.class),
            row("Web sockets on public and protected paths", WebSocketScenarios.class),
            row("Uploads, streamed and `multipart`, to public and protected paths", UploadScenarios.class),
            row("Two applications side by side", SideBySideScenarios.class, NeighbourScenarios.class),
            row("Two providers in one application", TwoFiltersScenarios.class)
                    .except(
                            combination -> combination.mode() == Mode.CONTAINER,
                            "A container asks one authenticator per application. Two providers need two filters."),
            row("Sessions in the container", SessionScenarios.class, SessionIdScenarios.class),
            row("Sessions in cookies", CookieSessionScenarios.class),
            row("The container remembers nobody by itself", ForgetfulContainerScenarios.class)
                    .except(
                            combination -> combination.mode() == Mode.FILTER,
                            "With the filter, the container is never told who the caller is, and has nothing to remember."),
            row("Ways round a login", PathScenarios.class),
            row("Requests that no browser sends", HostileRequestScenarios.class));

    /** Where a row does not apply, and why. */
    record NotApplicable(Predicate<Combination> where, String reason) {}

    Row {
        scenarios = List.copyOf(scenarios);
    }

    private static boolean hasNoBeans(Combination combination) {
        return combination.server() == Server.JETTY_EE10;
    }

    private static Row row(String title, Class<?>... scenarios) {
        return new Row(title, List.of(scenarios), Optional.empty());
    }

    Row except(Predicate<Combination> where, String reason) {
        return new Row(title, scenarios, Optional.of(new NotApplicable(where, reason)));
    }

    boolean appliesTo(Combination combination) {
        return exception.map(given -> !given.where().test(combination)).orElse(true);
    }

    /** The names of the tests that each combination has to run. */
    Set<String> tests() {
        return scenarios.stream()
                .flatMap(scenario -> Arrays.stream(scenario.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> method.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The row of what a class of the suite inherits a test from; none for the smoke test of the application without us. */
    static Optional<Row> of(Report.TestCase test, List<Row> rows) {
        Class<?> declares = declaring(test);
        return rows.stream().filter(row -> row.scenarios.contains(declares)).findFirst();
    }

    private static Class<?> declaring(Report.TestCase test) {
        try {
            Class<?> suite = Class.forName(test.className(), false, Row.class.getClassLoader());
            return Stream.of(suite.getMethods())
                    .filter(method -> method.getName().equals(test.name()) && !method.isBridge())
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(test + " is no test of the suite any more"))
                    .getDeclaringClass();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(test + " is no test of the suite any more", e);
        }
    }
}
