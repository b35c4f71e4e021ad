// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.LoginRequirement;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Reason;
import org.oidcfilter.config.LoginRule;
import org.oidcfilter.protocol.LoginParameters;
import org.oidcfilter.protocol.Printable;

/**
 * What a login is asked for, at which path or by whose code, and whether an earlier login will do there. The principle: what is asked of the
 * provider is demanded of its answer, and of every session that is used where it is asked for.
 */
final class LoginRules {
    private final LoginParameters everywhere;
    private final List<LoginRule> rules;
    private final Clock clock;
    private final Duration clockSkew;

    /**
     * @param everywhere what every login asks for
     * @param rules what logins for some paths ask for besides, the stronger ones last
     * @param clockSkew by how much the provider's clock may differ from {@code clock}
     */
    LoginRules(LoginParameters everywhere, List<LoginRule> rules, Clock clock, Duration clockSkew) {
        this.everywhere = everywhere;
        this.rules = List.copyOf(rules);
        this.clock = clock;
        this.clockSkew = clockSkew;
    }

    /** What the settings ask for. */
    LoginParameters at(String path) {
        return everywhere.and(of(path));
    }

    /** What to ask for: what the settings do, and what answers the request. */
    LoginParameters at(OidcRequest request) {
        var configured = at(request.path());
        if (request.required().isEmpty()) {
            return configured;
        }
        var needed = needed(
                request.path(), request.required(), new LoginRequirement(configured.acrValues(), configured.maxAge()));
        return configured.and(new LoginParameters(List.of(), needed.maxAge(), needed.acrValues(), List.of(), Map.of()));
    }

    /**
     * Whether some page asks for these by itself. Anybody can lead a browser to that page, so that a login that asks for them
     * is no weaker than what can be had anyway.
     */
    boolean askSomewhereFor(List<String> acrValues) {
        return everywhere.acrValues().containsAll(acrValues)
                || rules.stream().anyMatch(rule -> rule.parameters().acrValues().containsAll(acrValues));
    }

    /**
     * Whether the authentication behind {@code session} is strong and fresh enough. An age that every login asks for is one
     * at the time of the login; one that a path or what answers there asks for is one at the time of the request.
     */
    boolean satisfied(OidcSession session, OidcRequest request) {
        return satisfied(session, request.path(), request.required());
    }

    /**
     * The same, of what answers a request for {@code path} and asks for {@code required}.
     *
     * @throws InvalidResponseException if nothing can be both
     */
    boolean satisfied(OidcSession session, String path, Optional<LoginRequirement> required) {
        if (rules.isEmpty() && everywhere.acrValues().isEmpty() && required.isEmpty()) {
            return true;
        }
        var ofPath = of(path);
        var needed = needed(
                path, required, new LoginRequirement(everywhere.and(ofPath).acrValues(), ofPath.maxAge()));
        var authentication = session.authentication();
        return (needed.acrValues().isEmpty()
                        || authentication
                                .acr()
                                .filter(needed.acrValues()::contains)
                                .isPresent())
                && needed.maxAge().map(age -> isWithin(age, authentication)).orElse(true);
    }

    /** What meets the settings, and what answers the request. If nothing can, nobody is sent to the provider for it. */
    private static LoginRequirement needed(
            String path, Optional<LoginRequirement> required, LoginRequirement configured) {
        try {
            return required.map(configured::and).orElse(configured);
        } catch (IllegalArgumentException e) {
            throw new InvalidResponseException(
                    Reason.LOGIN_UNATTAINABLE,
                    "the settings and the application contradict each other at " + Printable.of(path) + ": "
                            + e.getMessage());
        }
    }

    private LoginParameters of(String path) {
        return rules.stream()
                .filter(rule -> rule.pattern().matches(path))
                .map(LoginRule::parameters)
                .reduce(LoginParameters.NONE, LoginParameters::and);
    }

    private boolean isWithin(Duration age, OidcSession.Authentication authentication) {
        var now = clock.instant();
        return authentication
                .time()
                .filter(time -> !time.isAfter(now.plus(clockSkew)))
                .filter(time -> !now.isAfter(time.plus(age).plus(clockSkew)))
                .isPresent();
    }
}
