// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanFilter;

/** A Tomcat that shares no session: the main class of a node. */
public final class TomcatNode {
    private TomcatNode() {}

    /**
     * Runs until it is killed.
     *
     * @param args the node's folder, the port, and the WAR
     */
    public static void main(String[] args) throws Exception {
        var home = Path.of(args[0]);
        Files.createDirectories(home.resolve("webapps"));
        var tomcat = new Tomcat();
        tomcat.setBaseDir(home.toString());
        var connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(Integer.parseInt(args[1]));
        tomcat.setConnector(connector);
        tomcat.getHost();
        tomcat.init();
        var fileName = Path.of(args[2]).getFileName().toString();
        var context = tomcat.addWebapp("/" + fileName.replace(".war", ""), args[2]);
        context.getJarScanner().setJarScanFilter(ours());
        tomcat.start();
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the application does not start");
        }
        tomcat.getServer().await();
    }

    /** Only classes of the application have annotations to look for; the engine has many classes. */
    private static StandardJarScanFilter ours() {
        var filter = new StandardJarScanFilter();
        filter.setDefaultPluggabilityScan(false);
        filter.setPluggabilityScan("oidc-*.jar");
        return filter;
    }
}
