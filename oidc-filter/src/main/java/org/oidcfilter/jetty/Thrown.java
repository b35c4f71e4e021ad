// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

/**
 * What the methods of a servlet request throw, through Jetty's that stand in between and declare nothing: applications get the
 * same of every container.
 */
final class Thrown {
    private Thrown() {}

    /**
     * Throws {@code exception} as it is.
     *
     * @return never; for {@code throw}
     */
    static RuntimeException as(Exception exception) {
        return Thrown.<RuntimeException>unchecked(exception);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is erased: that is the point
    private static <E extends Exception> E unchecked(Exception exception) throws E {
        throw (E) exception;
    }
}
