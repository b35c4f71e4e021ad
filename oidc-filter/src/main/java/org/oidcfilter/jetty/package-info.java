// SPDX-License-Identifier: Apache-2.0
/**
 * Internal, but for {@link org.oidcfilter.jetty.JettySecurity}: the relying party as Jetty's own authenticator. Built on
 * Jetty's core types and the servlet API alone, so that the same classes serve every environment of Jetty 12.1.
 */
@NullMarked
package org.oidcfilter.jetty;

import org.jspecify.annotations.NullMarked;
