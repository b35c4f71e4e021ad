// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.oidcfilter.Caller;

/** One method for each type that a {@link Claim} can be injected as. */
@Dependent
public class ClaimProducers {
    /** For the container. */
    public ClaimProducers() {}

    @Produces
    @Claim("")
    static String string(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).required(ClaimType.STRING);
    }

    @Produces
    @Claim("")
    static Optional<String> optionalString(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).optional(ClaimType.STRING);
    }

    @Produces
    @Claim("")
    static Boolean bool(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).required(ClaimType.BOOLEAN);
    }

    @Produces
    @Claim("")
    static Optional<Boolean> optionalBool(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).optional(ClaimType.BOOLEAN);
    }

    @Produces
    @Claim("")
    @Typed(Long.class) // there is another one for Number
    static Long integer(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).required(ClaimType.INTEGER);
    }

    @Produces
    @Claim("")
    static Optional<Long> optionalInteger(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).optional(ClaimType.INTEGER);
    }

    @Produces
    @Claim("")
    static Number number(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).required(ClaimType.NUMBER);
    }

    @Produces
    @Claim("")
    static Optional<Number> optionalNumber(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).optional(ClaimType.NUMBER);
    }

    @Produces
    @Claim("")
    static Instant time(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).required(ClaimType.TIME);
    }

    @Produces
    @Claim("")
    static Optional<Instant> optionalTime(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).optional(ClaimType.TIME);
    }

    @Produces
    @Claim("")
    static List<String> list(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).required(ClaimType.LIST);
    }

    @Produces
    @Claim("")
    static Optional<List<String>> optionalList(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).optional(ClaimType.LIST);
    }

    @Produces
    @Claim("")
    static Set<String> set(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).required(ClaimType.SET);
    }

    @Produces
    @Claim("")
    static Optional<Set<String>> optionalSet(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).optional(ClaimType.SET);
    }

    @Produces
    @Claim("")
    static Map<String, Object> object(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).required(ClaimType.OBJECT);
    }

    @Produces
    @Claim("")
    static Optional<Map<String, Object>> optionalObject(InjectionPoint point, Optional<Caller> caller) {
        return InjectedClaim.at(point, caller).optional(ClaimType.OBJECT);
    }
}
