// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.before.spring;

import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;

/** Starts Spring, and its filter before all others. */
public class LoginInitializer extends AbstractSecurityWebApplicationInitializer {
    public LoginInitializer() {
        super(Login.class);
    }
}
