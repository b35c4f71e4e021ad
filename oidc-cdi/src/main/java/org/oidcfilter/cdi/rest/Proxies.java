// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.rest;

/** Classes that CDI makes: they repeat the methods of another without their annotations. */
final class Proxies {
    private Proxies() {}

    /** The class of the application. */
    static Class<?> ofWhat(Class<?> type) {
        var known = type;
        while (known.isSynthetic() || known.getName().contains("$$_Weld")) {
            known = known.getSuperclass();
        }
        return known;
    }
}
