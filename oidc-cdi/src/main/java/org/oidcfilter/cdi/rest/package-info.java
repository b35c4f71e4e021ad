// SPDX-License-Identifier: Apache-2.0
/** {@code @RolesAllowed} and the like on resources of Jakarta REST, the same on each implementation, with and without CDI. */
@NullMarked
package org.oidcfilter.cdi.rest;

import org.jspecify.annotations.NullMarked;
