// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.jetty;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** An embedded Jetty (ee11) for Arquillian, on a free port of the loopback interface only. */
public final class JettyContainer implements DeployableContainer<JettyContainer.NoSettings> {
    private static final String LOOPBACK = "127.0.0.1";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ContextHandlerCollection contexts = new ContextHandlerCollection(true);
    private final Map<String, WebAppContext> deployed = new HashMap<>();

    /** Tells Arquillian about this container. */
    public static final class Extension implements LoadableExtension {
        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, JettyContainer.class);
        }
    }

    /** There is nothing to configure. */
    public static final class NoSettings implements ContainerConfiguration {
        @Override
        public void validate() {}
    }

    @Override
    public Class<NoSettings> getConfigurationClass() {
        return NoSettings.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Servlet 5.0");
    }

    @Override
    public void start() throws LifecycleException {
        connector.setHost(LOOPBACK);
        server.addConnector(connector);
        server.setHandler(contexts);
        try {
            server.start();
        } catch (Exception e) {
            throw new LifecycleException("Jetty does not start", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        File war = new File("target", archive.getName()).getAbsoluteFile();
        archive.as(ZipExporter.class).exportTo(war, true);
        WebAppContext context = new WebAppContext(war.getPath(), contextPath(archive));
        context.setThrowUnavailableOnStartupException(true);
        contexts.addHandler(context);
        contexts.manage(context); // as a deployer does; else applications do not share their session ids
        try {
            context.start();
        } catch (Exception e) {
            contexts.removeHandler(context);
            throw new DeploymentException("Jetty does not start " + archive.getName(), e);
        }
        deployed.put(archive.getName(), context);
        HTTPContext http = new HTTPContext(LOOPBACK, connector.getLocalPort());
        http.add(new Servlet("application", contextPath(archive)));
        return new ProtocolMetaData().addContext(http);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        WebAppContext context = deployed.remove(archive.getName());
        if (context == null) {
            return;
        }
        contexts.removeHandler(context);
        try {
            context.stop();
        } catch (Exception e) {
            throw new DeploymentException("Jetty does not stop " + archive.getName(), e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new LifecycleException("Jetty does not stop", e);
        }
    }

    private static String contextPath(Archive<?> archive) {
        return "/" + archive.getName().replace(".war", "");
    }
}
