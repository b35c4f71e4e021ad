// SPDX-License-Identifier: Apache-2.0
/**
 * Injects the caller: {@code @Inject Caller}, {@code @Inject Claims}, and {@code @Inject Optional<Caller>} for code that
 * also serves anonymous requests. On WildFly it brings the authentication mechanism for {@code oidc.container-security}, too.
 */
@NullMarked
package org.oidcfilter.cdi;

import org.jspecify.annotations.NullMarked;
