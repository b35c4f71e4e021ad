// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oidcfilter.RoleMapper.EndUser;
import org.oidcfilter.RoleMapperException;
import org.oidcfilter.config.ClaimPath;
import org.oidcfilter.config.RoleName;
import org.oidcfilter.config.RoleNames;
import org.oidcfilter.config.RolePattern;

/**
 * Which roles a caller has, found by the same steps at each login and each refresh: the strings of the claims, what the
 * pattern takes of them, what the table calls that, with the prefix; the granted scopes with theirs; and of all this what the
 * application's own mapper makes.
 */
final class Roles {
    private static final Logger LOG = System.getLogger("org.oidcfilter");
    private static final Pattern SPACE = Pattern.compile(" ");

    private final Rules rules;

    /**
     * The steps.
     *
     * @param claims where roles are; a caller has those of all of them
     * @param pattern what of a string is a role; all of it if absent
     * @param names what the application calls them
     * @param prefix what each role of a claim begins with
     * @param scopePrefix what each role of a scope begins with, if scopes are any; no role of a claim begins so, then
     * @param mapper what has the last word
     */
    record Rules(
            List<ClaimPath> claims,
            Optional<RolePattern> pattern,
            RoleNames names,
            String prefix,
            Optional<String> scopePrefix,
            Optional<ApplicationRoles> mapper) {
        Rules {
            claims = List.copyOf(claims);
        }
    }

    /** Somebody whose roles are asked for. */
    record Person(String issuer, String subject, SessionClaims claims) {
        /** Nothing about the person. */
        @Override
        public String toString() {
            return "Person[" + issuer + "]";
        }
    }

    Roles(Rules rules) {
        this.rules = rules;
    }

    /** Whether any of the claims that hold roles is among {@code claims}, whatever becomes of it. */
    boolean mentionedIn(Map<String, Object> claims) {
        return rules.claims().stream().anyMatch(path -> !path.strings(claims).isEmpty());
    }

    /**
     * The roles of somebody who logs in.
     *
     * @param scope the scopes that the token response names. Where it names none (RFC 6749 section 5.1) there are none: what
     *     was asked for went through the browser, where anybody could change it
     * @throws RoleMapperException if the mapper fails
     */
    Set<String> atLogin(Person person, Optional<String> scope) {
        rules.claims().stream()
                .filter(path -> isElsewhere(path, person.claims().asMap()))
                .forEach(Roles::warnOfElsewhere);
        return mapped(person, ofScope(scope.orElse("")));
    }

    /**
     * The roles of somebody whose tokens were renewed. Scopes that the answer does not name are as before (RFC 6749 section 6);
     * so are all roles if the mapper fails.
     */
    Set<String> atRefresh(Person person, Optional<String> scope, Set<String> before) {
        try {
            return mapped(person, scope.map(this::ofScope).orElseGet(() -> scopesAmong(before)));
        } catch (RoleMapperException e) {
            Failures.note("a session goes on with the roles that it had", e);
            return before;
        }
    }

    private Set<String> mapped(Person person, Set<String> ofScope) {
        var found = new LinkedHashSet<>(ofClaims(person.claims().asMap()));
        found.addAll(ofScope);
        return rules.mapper()
                .map(mapper -> mapper.of(new EndUser(person.issuer(), person.subject(), person.claims(), found)))
                .orElse(found);
    }

    private Set<String> ofClaims(Map<String, Object> claims) {
        return rules.claims().stream()
                .flatMap(path -> path.strings(claims).stream())
                .filter(RoleName::isValid)
                .flatMap(this::named)
                .map(role -> rules.prefix() + role)
                .filter(RoleName::isValid)
                .filter(role -> rules.scopePrefix().isEmpty()
                        || !role.startsWith(rules.scopePrefix().get()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Stream<String> named(String found) {
        var taken = rules.pattern().isEmpty()
                ? Optional.of(found)
                : rules.pattern().get().role(found);
        return taken.filter(RoleName::isValid).stream().flatMap(role -> rules.names().of(role).stream());
    }

    private Set<String> ofScope(String scope) {
        return rules.scopePrefix()
                .map(prefix -> SPACE.splitAsStream(scope)
                        .filter(token -> !token.isEmpty())
                        .map(token -> prefix + token)
                        .filter(RoleName::isValid)
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    private Set<String> scopesAmong(Set<String> roles) {
        return rules.scopePrefix()
                .map(prefix ->
                        roles.stream().filter(role -> role.startsWith(prefix)).collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }

    /** Core 5.6.2: the claim is to be fetched from somewhere else, as Entra ID has it for who is in too many groups. */
    private static boolean isElsewhere(ClaimPath path, Map<String, Object> claims) {
        return claims.get("_claim_names") instanceof Map<?, ?> elsewhere
                && elsewhere.containsKey(path.segments().get(0));
    }

    private static void warnOfElsewhere(ClaimPath path) {
        LOG.log(
                Level.WARNING,
                () -> "the provider does not send the claim " + path
                        + " but says where to fetch it (_claim_names), which the filter does not: somebody lacks the roles"
                        + " in it. What to do: see docs/guides/roles.md on Entra ID.");
    }
}
