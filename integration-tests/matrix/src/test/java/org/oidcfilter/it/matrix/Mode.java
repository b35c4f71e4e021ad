// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

/** Who has people log in: our filter, or the container that asks us. */
enum Mode {
    FILTER("filter", "filterModeAtKeycloak"),
    CONTAINER("container", "containerModeAtKeycloak");

    final String title;
    /** In the names of the tests with Keycloak. */
    final String atKeycloak;

    Mode(String title, String atKeycloak) {
        this.title = title;
        this.atKeycloak = atKeycloak;
    }

    /** The mode that a class of the suite is about. */
    static Mode of(String className) {
        return className.substring(className.lastIndexOf('.') + 1).startsWith("Container") ? CONTAINER : FILTER;
    }
}
