// SPDX-License-Identifier: Apache-2.0
/** A programmable OpenID Provider on the loopback interface, for demos and tests. */
@NullMarked
package org.oidcfilter.devprovider;

import org.jspecify.annotations.NullMarked;
