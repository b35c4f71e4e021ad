// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What it annotates is for people who are logged in, and as strongly and freshly as it says. Without values: just logged in.
 *
 * <p>It adds to {@code oidc.login-rules}: both have to be met. On the class of a servlet it holds for all requests to it, whoever
 * else decides about them, the filter or the container; subclasses inherit it unless they have one of their own. On methods it is for
 * frameworks that call them; those of a servlet are not looked at.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequireAuthentication {
    /** The authentication context classes ({@code acr}), one of which it has to be; none for any. */
    String[] acr() default {};

    /**
     * How many seconds before the request the caller may have proved who they are, as in {@code max_age} of OpenID Connect Core
     * 3.1.2.1; -1 for any number. At least 1.
     */
    long maxAge() default -1;
}
