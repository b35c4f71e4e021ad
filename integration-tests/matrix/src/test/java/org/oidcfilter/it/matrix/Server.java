// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

/** A container that the tests run on, and where its reports are, below the folder of the integration tests. */
enum Server {
    TOMCAT_10("Tomcat 10.1", "tomcat/target/failsafe-reports-tomcat-10", "Tomcat10IT"),
    TOMCAT_11("Tomcat 11", "tomcat/target/failsafe-reports", "Tomcat11IT"),
    JETTY_EE10("Jetty 12.1 ee10", "jetty-ee10/target/failsafe-reports", "JettyEe10IT"),
    JETTY_EE11("Jetty 12.1 ee11", "jetty/target/failsafe-reports", "JettyEe11IT"),
    WILDFLY("WildFly 39", "wildfly/target/failsafe-reports", "WildFlyIT");

    final String title;
    final String reports;
    /** The test of its distribution, in the module {@code standalone}. */
    final String standalone;

    Server(String title, String reports, String standalone) {
        this.title = title;
        this.reports = reports;
        this.standalone = standalone;
    }
}
