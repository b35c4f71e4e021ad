// SPDX-License-Identifier: Apache-2.0
/**
 * What Jakarta Security 3.0 says about OpenID Connect, in its own vocabulary: {@code OpenIdContext} with what it hands out. Loaded
 * only where that API and Jakarta JSON Processing are there. Internal.
 */
@NullMarked
package org.oidcfilter.cdi.openid;

import org.jspecify.annotations.NullMarked;
