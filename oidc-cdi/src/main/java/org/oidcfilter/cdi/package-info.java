// SPDX-License-Identifier: Apache-2.0
/**
 * Injects the caller: {@code @Inject Caller}, {@code @Inject Claims}, single claims, and {@code @Inject Optional<Caller>} for code
 * that also serves anonymous requests; tells beans of logins and logouts. Where the server has Jakarta Security it brings the
 * authentication mechanism for {@code oidc.container-security}, elsewhere the beans of that standard that know the caller.
 */
@NullMarked
package org.oidcfilter.cdi;

import org.jspecify.annotations.NullMarked;
