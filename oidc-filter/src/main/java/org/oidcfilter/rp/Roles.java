// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oidcfilter.Claims;
import org.oidcfilter.RoleMapper.EndUser;
import org.oidcfilter.RoleMapperException;
import org.oidcfilter.config.ClaimPath;
import org.oidcfilter.config.RoleName;
import org.oidcfilter.config.RoleNames;
import org.oidcfilter.config.RolePattern;

/**
 * Which roles a caller has, found by the same steps at each login and each refresh: the strings of the claims, what the
 * pattern takes of them, what the table calls that, with the prefix; the scopes that were asked for and granted, with theirs;
 * and of all this what the application's own mapper makes.
 */
final class Roles {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private final Rules rules;

    /**
     * The steps.
     *
     * @param claims where roles are; a caller has those of all of them
     * @param pattern what of a string is a role; all of it if absent
     * @param names what the application calls them
     * @param prefix what each role of a claim begins with
     * @param scopes which roles scopes are, if any; no role of a claim begins like those, then
     * @param mapper what has the last word
     */
    record Rules(
            List<ClaimPath> claims,
            Optional<RolePattern> pattern,
            RoleNames names,
            String prefix,
            Optional<ScopeRoles> scopes,
            Optional<ApplicationRoles> mapper) {
        Rules {
            claims = List.copyOf(claims);
        }
    }

    /** Somebody whose roles are asked for. */
    record Person(String issuer, String subject, String name, SessionClaims claims) {
        /** Nothing about the person. */
        @Override
        public String toString() {
            return "Person[" + issuer + "]";
        }
    }

    /** Somebody of whom the application's mapper is asked. */
    private record Mapped(Person person, Set<String> roles) implements EndUser {
        @Override
        public String issuer() {
            return person.issuer();
        }

        @Override
        public String subject() {
            return person.subject();
        }

        @Override
        public String name() {
            return person.name();
        }

        @Override
        public Claims claims() {
            return person.claims();
        }

        /** Nothing about the person. */
        @Override
        public String toString() {
            return "EndUser[" + issuer() + "]";
        }
    }

    /**
     * What a session had before its tokens were renewed.
     *
     * @param claims what the provider said then
     * @param roles the caller's roles
     */
    record Before(SessionClaims claims, Set<String> roles) {
        /** Nothing about the person. */
        @Override
        public String toString() {
            return "Before";
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
     *     was asked for went through the browser, where anybody could take one out that would have been refused
     * @throws RoleMapperException if the mapper fails
     */
    Set<String> atLogin(Person person, Optional<String> scope) {
        rules.claims().stream()
                .filter(path -> isElsewhere(path, person.claims().asMap()))
                .forEach(Roles::warnOfElsewhere);
        return mapped(person, ofScope(scope.orElse("")));
    }

    /**
     * The roles of somebody whose tokens were renewed. Scopes are as before if the answer names none (RFC 6749 section 6); but
     * there are none where a mapper had the last word, for it could have made their roles itself. If the mapper fails, the
     * roles are as before, too, without those that the provider has withdrawn.
     */
    Set<String> atRefresh(Person person, Optional<String> scope, Before before) {
        var unchanged = rules.mapper().isPresent() ? Set.<String>of() : scopesAmong(before.roles());
        try {
            return mapped(person, scope.map(this::ofScope).orElse(unchanged));
        } catch (RoleMapperException e) {
            Failures.note("a session goes on with those of its roles that the provider has not withdrawn", e);
            return notWithdrawn(person, scope, before);
        }
    }

    /** What the provider says counts without the mapper, too: whoever can make it fail must not keep what was taken from them. */
    private Set<String> notWithdrawn(Person person, Optional<String> scope, Before before) {
        var withdrawn = new LinkedHashSet<>(ofClaims(before.claims().asMap()));
        withdrawn.removeAll(ofClaims(person.claims().asMap()));
        if (scope.isPresent()) {
            withdrawn.addAll(scopesAmong(before.roles()));
            withdrawn.removeAll(ofScope(scope.get()));
        }
        return before.roles().stream()
                .filter(role -> !withdrawn.contains(role))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<String> mapped(Person person, Set<String> ofScope) {
        var found = new LinkedHashSet<>(ofClaims(person.claims().asMap()));
        found.addAll(ofScope);
        return rules.mapper()
                .map(mapper -> mapper.of(new Mapped(person, Set.copyOf(found))))
                .orElse(found);
    }

    private Set<String> ofClaims(Map<String, Object> claims) {
        return rules.claims().stream()
                .flatMap(path -> path.strings(claims).stream())
                .filter(RoleName::isValid)
                .flatMap(this::named)
                .map(role -> rules.prefix() + role)
                .filter(RoleName::isValid)
                .filter(role ->
                        rules.scopes().isEmpty() || !rules.scopes().get().looksLikeOne(role))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Stream<String> named(String found) {
        var taken = rules.pattern().isEmpty()
                ? Optional.of(found)
                : rules.pattern().get().role(found);
        return taken.filter(RoleName::isValid).stream().flatMap(role -> rules.names().of(role).stream());
    }

    private Set<String> ofScope(String granted) {
        return rules.scopes().map(scopes -> scopes.of(granted)).orElse(Set.of());
    }

    private Set<String> scopesAmong(Set<String> roles) {
        return rules.scopes().map(scopes -> scopes.among(roles)).orElse(Set.of());
    }

    /** Core 5.6.2: the claim is to be fetched from somewhere else, as Entra ID has it for who is in too many groups. */
    private static boolean isElsewhere(ClaimPath path, Map<String, Object> claims) {
        return claims.get("_claim_names") instanceof Map<?, ?> elsewhere
                && elsewhere.containsKey(path.segments().get(0))
                && path.strings(claims).isEmpty();
    }

    private static void warnOfElsewhere(ClaimPath path) {
        LOG.log(
                Level.WARNING,
                () -> "the provider does not send the claim " + path
                        + " but says where to fetch it (_claim_names), which the filter does not: somebody lacks the roles"
                        + " in it. What to do: see docs/guides/roles.md on Entra ID.");
    }
}
