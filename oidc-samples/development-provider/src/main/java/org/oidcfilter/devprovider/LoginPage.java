// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The page on which the visitor says who to be. */
final class LoginPage {
    private LoginPage() {}

    /**
     * Shows one button per user.
     *
     * @param handle stands for the authentication request, which stays with the provider
     */
    static Reply show(AuthenticationRequest wanted, List<User> users, String handle) {
        String client = Page.escape(wanted.returnTo().client().id());
        Optional<String> hint = Optional.ofNullable(wanted.wishes().loginHint());
        String choices = users.stream()
                .map(user ->
                        choice(user, hint.filter(text -> isMeant(user, text)).isPresent()))
                .collect(joining("\n"));
        return Page.of(200, "Log in to " + client, """
                <h1>Log in to %s</h1>
                <p>Choose who to be. No password is needed: this provider is for development only.</p>
                <form method="post" action="/login">
                %s
                <ul>
                %s
                </ul>
                <button class="quiet" name="deny" value="true">Deny access</button>
                </form>
                <footer><small>%s asks for: %s</small></footer>""".formatted(
                        client,
                        Page.hidden("request", handle),
                        users.isEmpty() ? "<li>No users are configured.</li>" : choices,
                        client,
                        Page.escape(String.join(", ", wanted.scope()))));
    }

    private static String choice(User user, boolean suggested) {
        String name = text(user, "name").orElse(user.username());
        String details = Stream.of(Optional.of(user.username()), text(user, "email"))
                .flatMap(Optional::stream)
                .filter(detail -> !detail.equals(name))
                .collect(joining(" · "));
        return """
                <li><button class="choice%s" name="user" value="%s"%s>
                <b>%s</b>
                <small>%s</small>
                <small>%s</small>
                </button></li>""".formatted(
                        suggested ? " suggested" : "",
                        Page.escape(user.username()),
                        suggested ? " autofocus" : "",
                        Page.escape(name),
                        Page.escape(details),
                        Page.escape(roles(user)));
    }

    private static String roles(User user) {
        return user.claims().get("roles") instanceof Collection<?> roles && !roles.isEmpty()
                ? roles.stream().map(String::valueOf).collect(joining(", ", "Roles: ", ""))
                : "No roles";
    }

    private static boolean isMeant(User user, String hint) {
        return hint.equals(user.username()) || text(user, "email").equals(Optional.of(hint));
    }

    private static Optional<String> text(User user, String claim) {
        return Optional.ofNullable(user.claims().get(claim)).map(String::valueOf);
    }
}
