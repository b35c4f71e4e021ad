// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.basic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;

/** Asks for names and passwords. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "shop")
public class Basic {}
