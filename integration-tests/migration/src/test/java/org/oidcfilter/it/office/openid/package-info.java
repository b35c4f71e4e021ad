// SPDX-License-Identifier: Apache-2.0
/** The office's login, as Jakarta Security has it. */
@NullMarked
package org.oidcfilter.it.office.openid;

import org.jspecify.annotations.NullMarked;
