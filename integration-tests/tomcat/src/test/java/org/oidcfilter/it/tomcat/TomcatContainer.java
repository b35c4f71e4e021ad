// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.tomcat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
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

/** An embedded Tomcat for Arquillian, on a free port of the loopback interface only. */
public final class TomcatContainer implements DeployableContainer<TomcatContainer.NoSettings> {
    private static final String LOOPBACK = "127.0.0.1";

    private final Tomcat tomcat = new Tomcat();

    /** Tells Arquillian about this container. */
    public static final class Extension implements LoadableExtension {
        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, TomcatContainer.class);
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
            Path home = Files.createDirectories(Path.of("target", "tomcat").toAbsolutePath());
            Files.createDirectories(home.resolve("webapps"));
            tomcat.setBaseDir(home.toString());
            Connector connector = new Connector();
            connector.setProperty("address", LOOPBACK);
            connector.setPort(0);
            tomcat.setConnector(connector);
            tomcat.getHost();
            tomcat.start();
        } catch (IOException | org.apache.catalina.LifecycleException e) {
            throw new LifecycleException("Tomcat does not start", e);
        }
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        File war = new File(tomcat.getHost().getAppBaseFile(), archive.getName());
        archive.as(ZipExporter.class).exportTo(war, true);
        Context context = tomcat.addWebapp(contextPath(archive), war.getAbsolutePath());
        if (!context.getState().isAvailable()) {
            throw new DeploymentException("Tomcat does not start " + archive.getName());
        }
        HTTPContext http = new HTTPContext(LOOPBACK, tomcat.getConnector().getLocalPort());
        http.add(new Servlet("application", contextPath(archive)));
        return new ProtocolMetaData().addContext(http);
    }

    @Override
    public void undeploy(Archive<?> archive) throws DeploymentException {
        Container context = tomcat.getHost().findChild(contextPath(archive));
        try {
            context.stop();
            context.destroy();
        } catch (org.apache.catalina.LifecycleException e) {
            throw new DeploymentException("Tomcat does not stop " + archive.getName(), e);
        }
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (org.apache.catalina.LifecycleException e) {
            throw new LifecycleException("Tomcat does not stop", e);
        }
    }

    private static String contextPath(Archive<?> archive) {
        return "/" + archive.getName().replace(".war", "");
    }
}
