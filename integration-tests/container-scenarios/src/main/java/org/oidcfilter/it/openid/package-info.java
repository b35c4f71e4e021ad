// SPDX-License-Identifier: Apache-2.0
/** What the web application under test has besides where there is Jakarta Security: code that knows its API only. */
@NullMarked
package org.oidcfilter.it.openid;

import org.jspecify.annotations.NullMarked;
