// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Injects one claim of the caller, such as {@code @Inject @Claim("email") Optional<String> email}: a {@code String}, {@code
 * Boolean}, {@code Long} or {@code Number}, an {@code Instant} (of seconds since 1970), a {@code List<String>} or {@code
 * Set<String>} (a string is a list of one), a {@code Map<String, Object>}, or {@code Optional} of one of them.
 *
 * <p>It is read when it is injected. A bean that outlives the request injects {@code Instance} or {@code Provider} of one of these
 * and asks it at each call; anything else does not deploy. Servlets, filters, listeners and interceptors that would keep a claim are
 * refused when they are made; nobody sees what dependent beans a servlet has, and they should have none.
 *
 * <p>If the claim is not there, or nobody is logged in, an {@code Optional} is empty, and anything else cannot be injected: {@link
 * IllegalStateException}, and never {@code null}, {@code false} or an empty list that means something else to the code behind it.
 * So it is with a claim of another type, whatever it is injected as.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
public @interface Claim {
    /** The name of the claim. It is taken literally: dots have no meaning. */
    @Nonbinding
    String value();
}
