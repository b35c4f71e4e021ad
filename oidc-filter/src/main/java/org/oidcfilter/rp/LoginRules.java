// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.oidcfilter.OidcSession;
import org.oidcfilter.config.LoginRule;
import org.oidcfilter.protocol.LoginParameters;

/**
 * What a login is asked for at which path, and whether an earlier login will do there. The principle: what is asked of the
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

    /** What to ask for. */
    LoginParameters at(String path) {
        return everywhere.and(of(path));
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
     * at the time of the login; one that a path asks for is one at the time of the request.
     */
    boolean satisfied(OidcSession session, String path) {
        if (rules.isEmpty() && everywhere.acrValues().isEmpty()) {
            return true;
        }
        var ofPath = of(path);
        var acrValues = everywhere.and(ofPath).acrValues();
        var authentication = session.authentication();
        return (acrValues.isEmpty()
                        || authentication.acr().filter(acrValues::contains).isPresent())
                && ofPath.maxAge().map(age -> isWithin(age, authentication)).orElse(true);
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
