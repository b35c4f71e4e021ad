// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.jetty;

import java.io.File;
import java.net.URI;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** An embedded Jetty on a free port of the loopback interface only; the name of an archive is the context path. */
final class EmbeddedJetty {
    private static final String LOOPBACK = "127.0.0.1";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ContextHandlerCollection contexts = new ContextHandlerCollection(true);

    /** The environment of Jetty that this test run is about: the system property {@code jetty.environment}. */
    static String environment() {
        return System.getProperty("jetty.environment", "ee11");
    }

    /** The {@code WebAppContext} of this environment. An application that does not start fails with its own exception. */
    static ContextHandler application(File war, String contextPath) {
        try {
            var context = Class.forName("org.eclipse.jetty." + environment() + ".webapp.WebAppContext")
                    .asSubclass(ContextHandler.class)
                    .getConstructor(String.class, String.class)
                    .newInstance(war.getPath(), contextPath);
            context.getClass()
                    .getMethod("setThrowUnavailableOnStartupException", boolean.class)
                    .invoke(context, true);
            return context;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this environment has no WebAppContext", e);
        }
    }

    void start() throws Exception {
        connector.setHost(LOOPBACK);
        server.addConnector(connector);
        server.setHandler(contexts);
        server.start();
    }

    /** Starts an application. */
    ContextHandler deploy(Archive<?> archive) throws Exception {
        var war = new File("target", archive.getName()).getAbsoluteFile();
        archive.as(ZipExporter.class).exportTo(war, true);
        var context = application(war, contextPath(archive));
        if (archive.contains("WEB-INF/beans.xml")) {
            context.setAttribute("org.eclipse.jetty.cdi", "CdiDecoratingListener"); // as the module "cdi" does
        }
        contexts.addHandler(context);
        contexts.manage(context); // as a deployer does; else applications do not share their session ids
        try {
            context.start();
        } catch (Exception e) {
            undeploy(context);
            throw e;
        }
        return context;
    }

    /** Stops an application. */
    void undeploy(ContextHandler context) throws Exception {
        contexts.removeHandler(context);
        context.stop();
    }

    /** The root of an application. */
    URI uri(Archive<?> archive) {
        return URI.create("http://" + LOOPBACK + ":" + port() + contextPath(archive) + "/");
    }

    int port() {
        return connector.getLocalPort();
    }

    static String contextPath(Archive<?> archive) {
        return "/" + archive.getName().replace(".war", "");
    }

    void stop() throws Exception {
        server.stop();
    }
}
