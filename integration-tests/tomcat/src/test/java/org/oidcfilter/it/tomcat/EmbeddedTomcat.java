// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.tomcat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A Tomcat of a test's own, on a free port of the loopback interface only. */
final class EmbeddedTomcat {
    private static final String LOOPBACK = "127.0.0.1";

    private final Tomcat tomcat = new Tomcat();
    private final String folder;

    /** @param folder where it lives, below {@code target} */
    EmbeddedTomcat(String folder) {
        this.folder = folder;
    }

    void start() {
        try {
            Path home = Path.of("target", folder).toAbsolutePath();
            Files.createDirectories(home.resolve("webapps"));
            tomcat.setBaseDir(home.toString());
            Connector connector = new Connector();
            connector.setProperty("address", LOOPBACK);
            connector.setPort(0);
            tomcat.setConnector(connector);
            tomcat.getHost();
            tomcat.start();
        } catch (IOException | LifecycleException e) {
            throw new IllegalStateException("Tomcat does not start", e);
        }
    }

    void stop() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat does not stop", e);
        }
    }

    Tomcat tomcat() {
        return tomcat;
    }

    /** The root of the server. */
    URI uri() {
        return URI.create("http://" + LOOPBACK + ":" + tomcat.getConnector().getLocalPort() + "/");
    }

    /** Another version of an application, beside the one that is there (Tomcat's parallel deployment). */
    Context deployVersion(String version, String contextPath, WebArchive war) {
        Context context = new StandardContext();
        context.setPath(contextPath);
        context.setWebappVersion(version);
        context.setName(contextPath + "##" + version);
        context.setDocBase(exported(contextPath.substring(1) + "##" + version, war));
        context.addLifecycleListener(new Tomcat.DefaultWebXmlListener());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        context.addLifecycleListener(config);
        tomcat.getHost().addChild(context);
        return context;
    }

    /** Whether it has started is for the caller to see. */
    Context deploy(String contextPath, WebArchive war) {
        return tomcat.addWebapp(contextPath, exported(contextPath.substring(1), war));
    }

    private String exported(String name, WebArchive war) {
        File file = new File(tomcat.getHost().getAppBaseFile(), name + ".war");
        war.as(ZipExporter.class).exportTo(file, true);
        return file.getAbsolutePath();
    }
}
