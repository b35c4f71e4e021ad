// SPDX-License-Identifier: Apache-2.0
/** {@code @RolesAllowed} and the like on beans, and the answer to whoever they refuse. */
@NullMarked
package org.oidcfilter.cdi.access;

import org.jspecify.annotations.NullMarked;
