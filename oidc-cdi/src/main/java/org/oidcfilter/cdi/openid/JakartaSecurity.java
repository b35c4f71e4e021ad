// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

/** Who brings Jakarta Security. Signatures name nothing of it: it may be nobody. */
public final class JakartaSecurity {
    private static final String API = "jakarta.security.enterprise.SecurityContext";

    private JakartaSecurity() {}

    /** Whether its API is there. */
    public static boolean isThere() {
        return isThere(API);
    }

    /** Whether the server has an implementation: it has the API then, which else lies beside our own classes. */
    public static boolean isOfTheServer() {
        try {
            return find(API).getClassLoader() != JakartaSecurity.class.getClassLoader();
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static boolean isThere(String type) {
        try {
            find(type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Class<?> find(String type) throws ClassNotFoundException {
        return Class.forName(type, false, JakartaSecurity.class.getClassLoader());
    }
}
