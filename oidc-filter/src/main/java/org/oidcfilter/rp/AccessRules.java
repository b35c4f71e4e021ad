// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcRequest.Declared;
import org.oidcfilter.Reason;
import org.oidcfilter.config.PathPattern;
import org.oidcfilter.config.PathRule;

/**
 * Who may call what. Every path needs a login unless it is declared public; every rule that matches a path must be met.
 *
 * <p>Decided on the path that the container decoded and normalised. The principle: a path that could be read in more
 * than one way (by us, the container, or the application) is refused, not interpreted.
 */
final class AccessRules {
    /** A dot segment, also with path parameters. */
    private static final Pattern DOTS = Pattern.compile("/\\.{1,2}(?:[/;]|$)");

    /** An encoded dot, slash, backslash, percent sign, semicolon or control character. */
    private static final Pattern ENCODED = Pattern.compile("(?i)%(?:2e|2f|5c|25|3b|7f|[01][0-9a-f])");

    private final List<PathPattern> publicPaths;
    private final List<PathRule> rules;

    AccessRules(List<PathPattern> publicPaths, List<PathRule> rules) {
        this.publicPaths = List.copyOf(publicPaths);
        this.rules = List.copyOf(rules);
    }

    /**
     * What a request needs.
     *
     * @param login whether somebody must be logged in
     * @param denied whether nobody may pass
     * @param roles the caller needs one role out of each set
     */
    record Access(boolean login, boolean denied, List<Set<String>> roles) {
        static final Access PUBLIC = new Access(false, false, List.of());
        static final Access LOGIN = new Access(true, false, List.of());
        static final Access NOBODY = new Access(true, true, List.of());

        boolean permits(Set<String> callersRoles) {
            return !denied && (roles.isEmpty() || roles.stream().allMatch(needed -> satisfied(needed, callersRoles)));
        }

        /** As in {@code isUserInRole}, {@code **} is everybody who is logged in. */
        private static boolean satisfied(Set<String> needed, Set<String> callersRoles) {
            return needed.contains("**") || needed.stream().anyMatch(callersRoles::contains);
        }
    }

    /**
     * Refuses a path that is not in its one plain form, as decoded or as sent.
     *
     * @throws InvalidResponseException with {@link Reason#AMBIGUOUS_PATH}
     */
    static void refuseAmbiguous(OidcRequest request) {
        if (!plain(request.path()) || !plainAsSent(request)) {
            throw new InvalidResponseException(Reason.AMBIGUOUS_PATH, "the request path is not in its one plain form");
        }
    }

    /** Roles and logins that a servlet names are asked for whoever else decides: containers do not look at them. */
    Access access(OidcRequest request) {
        var access = demanded(request);
        return !access.login() && request.required().isPresent() ? Access.LOGIN : access;
    }

    private Access demanded(OidcRequest request) {
        return switch (request.demand()) {
            case RULES -> decide(request.path(), request.method(), request.declared());
            case OPEN -> declared(request.declared(), Access.PUBLIC);
            case REQUIRED -> declared(request.declared(), Access.LOGIN);
            case CHALLENGE, PASSIVE -> Access.LOGIN;
        };
    }

    private static Access declared(Declared declared, Access otherwise) {
        if (declared instanceof Declared.RolesAllowed allowed) {
            return new Access(true, false, List.of(allowed.roles()));
        }
        return declared instanceof Declared.DenyAll ? Access.NOBODY : otherwise;
    }

    private Access decide(String path, String method, Declared declared) {
        if (declared instanceof Declared.DenyAll) {
            return Access.NOBODY;
        }
        var roles = new ArrayList<Set<String>>();
        var matched = false;
        for (var rule : rules) {
            matched |= rule.pattern().matches(path);
            if (rule.appliesTo(method, path)) {
                roles.add(rule.roles());
            }
        }
        if (matched && roles.isEmpty()) {
            return Access.NOBODY; // the rules for this path name methods, and this is none of them
        }
        if (declared instanceof Declared.RolesAllowed allowed) {
            roles.add(allowed.roles());
        }
        if (!roles.isEmpty()) {
            return new Access(true, false, roles);
        }
        return declared instanceof Declared.PermitAll || isPublic(path) ? Access.PUBLIC : Access.LOGIN;
    }

    private boolean isPublic(String path) {
        for (var pattern : publicPaths) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean plain(String path) {
        return path.startsWith("/") && !path.contains("//") && !hasDotSegment(path) && !isDubious(path);
    }

    /** As sent, with path parameters but without anything that stands for another path. */
    private static boolean plainAsSent(OidcRequest request) {
        var raw = request.rawPath();
        return raw.startsWith(request.contextPath())
                && !raw.contains("//")
                && raw.indexOf('\\') < 0
                && !hasDotSegment(raw)
                && (raw.indexOf('%') < 0 || !ENCODED.matcher(raw).find());
    }

    /** Few paths have a segment that begins with a dot, and most requests come here. */
    private static boolean hasDotSegment(String path) {
        return path.contains("/.") && DOTS.matcher(path).find();
    }

    private static boolean isDubious(String path) {
        for (int i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            if (c == ';' || c == '\\' || c == '%' || Character.isISOControl(c)) {
                return true;
            }
        }
        return false;
    }
}
