// SPDX-License-Identifier: Apache-2.0
/** What an application has for Spring Security. */
@NullMarked
package org.oidcfilter.it.before.spring;

import org.jspecify.annotations.NullMarked;
