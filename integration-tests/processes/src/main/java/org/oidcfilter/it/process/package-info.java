// SPDX-License-Identifier: Apache-2.0
/** Servers in processes of their own, Keycloak among them, and who visits them: a plain HTTP browser and a real one. */
@NullMarked
package org.oidcfilter.it.process;

import org.jspecify.annotations.NullMarked;
