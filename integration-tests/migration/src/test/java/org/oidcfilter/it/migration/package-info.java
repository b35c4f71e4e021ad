// SPDX-License-Identifier: Apache-2.0
/** The same application with another library and with ours: docs/guides/migration.md quotes its files. */
@NullMarked
package org.oidcfilter.it.migration;

import org.jspecify.annotations.NullMarked;
