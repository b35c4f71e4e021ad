// SPDX-License-Identifier: Apache-2.0
/** What an application has for Keycloak's servlet filter. */
@NullMarked
package org.oidcfilter.it.before.keycloak;

import org.jspecify.annotations.NullMarked;
