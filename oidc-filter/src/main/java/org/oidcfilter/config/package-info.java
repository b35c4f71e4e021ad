// SPDX-License-Identifier: Apache-2.0
/** Settings in, one immutable {@link org.oidcfilter.config.OidcConfig} out. Internal. */
@NullMarked
package org.oidcfilter.config;

import org.jspecify.annotations.NullMarked;
