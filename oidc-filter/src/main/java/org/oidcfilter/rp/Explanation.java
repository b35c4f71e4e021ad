// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import org.oidcfilter.Reason;

/**
 * What a reason means to those who meet it.
 *
 * @param reason the reason
 * @param answer what the browser gets, unless the provider is unavailable or refused
 * @param cause for the operator: what has happened, and what usually lies behind it
 * @param remedy for the operator: what to do
 */
record Explanation(Reason reason, Answer answer, String cause, String remedy) {}
