// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.jetty;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.server.handler.ContextHandler;
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

/** An embedded Jetty for Arquillian. */
public final class JettyContainer implements DeployableContainer<JettyContainer.NoSettings> {
    private final EmbeddedJetty jetty = new EmbeddedJetty();
    private final Map<String, ContextHandler> deployed = new HashMap<>();

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
        try {
            jetty.start();
        } catch (Exception e) {
            throw new LifecycleException("Jetty does not start", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        try {
            deployed.put(archive.getName(), jetty.deploy(archive));
        } catch (Exception e) {
            throw new DeploymentException("Jetty does not start " + archive.getName(), e);
        }
        HTTPContext http = new HTTPContext(jetty.uri(archive).getHost(), jetty.port());
        http.add(new Servlet("application", EmbeddedJetty.contextPath(archive)));
        return new ProtocolMetaData().addContext(http);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        ContextHandler context = deployed.remove(archive.getName());
        if (context == null) {
            return;
        }
        try {
            jetty.undeploy(context);
        } catch (Exception e) {
            throw new DeploymentException("Jetty does not stop " + archive.getName(), e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new LifecycleException("Jetty does not stop", e);
        }
    }
}
