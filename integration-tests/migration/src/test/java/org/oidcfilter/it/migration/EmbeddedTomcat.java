// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.oidcfilter.it.process.Keycloak;

/** A Tomcat on a free port of the loopback interface, with one application. */
final class EmbeddedTomcat implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Tomcat tomcat = new Tomcat();

    /** Starts it with {@code office} at {@code /office}. */
    static EmbeddedTomcat with(Office office, String folder, Keycloak keycloak) throws Exception {
        EmbeddedTomcat server = new EmbeddedTomcat();
        Path home = Path.of("target", folder).toAbsolutePath();
        Files.createDirectories(home.resolve("webapps"));
        server.tomcat.setBaseDir(home.toString());
        Connector connector = new Connector();
        connector.setProperty("address", LOOPBACK);
        connector.setPort(0);
        server.tomcat.setConnector(connector);
        server.tomcat.getHost();
        server.tomcat.start();
        Path war = office.at(server.office()).write(home.resolve("webapps/office.war"), keycloak);
        Context context = server.tomcat.addWebapp("/office", war.toString());
        if (!context.getState().isAvailable()) {
            server.close();
            throw new AssertionError("the application does not start: see the log");
        }
        return server;
    }

    /** The application. */
    URI office() {
        return URI.create("http://" + LOOPBACK + ":" + tomcat.getConnector().getLocalPort() + "/office/");
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
