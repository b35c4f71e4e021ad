// SPDX-License-Identifier: Apache-2.0
/** What is remembered between requests, outside the session itself. Internal. */
@NullMarked
package org.oidcfilter.session;

import org.jspecify.annotations.NullMarked;
