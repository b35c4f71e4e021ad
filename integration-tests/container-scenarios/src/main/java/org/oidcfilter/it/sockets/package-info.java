// SPDX-License-Identifier: Apache-2.0
/** Web sockets of the web application under test. */
@NullMarked
package org.oidcfilter.it.sockets;

import org.jspecify.annotations.NullMarked;
