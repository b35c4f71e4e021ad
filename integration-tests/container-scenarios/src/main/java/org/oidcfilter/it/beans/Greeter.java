// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.beans;

import jakarta.enterprise.context.ApplicationScoped;

/** A bean that greets whoever asks. */
@ApplicationScoped
public class Greeter {

    /** A greeting. */
    public String greet(String name) {
        return "hello " + name;
    }
}
