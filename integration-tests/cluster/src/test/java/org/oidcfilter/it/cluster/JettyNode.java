// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.nio.file.Path;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.session.DatabaseAdaptor;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.JDBCSessionDataStoreFactory;
import org.eclipse.jetty.session.NullSessionCacheFactory;

/** A Jetty with its JDBC session store: the main class of a node. */
public final class JettyNode {
    private JettyNode() {}

    /**
     * Runs until it is killed.
     *
     * @param args the node's name, the port, the WAR, and the address of the database
     */
    public static void main(String[] args) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[1]));
        server.addConnector(connector);
        storeSessions(server, args[0], args[3]);
        var contexts = new ContextHandlerCollection();
        server.setHandler(contexts);
        contexts.addHandler(application(Path.of(args[2])));
        server.start();
    }

    /** Nothing of a session stays in the memory of a node, so that any node may get the next request. */
    private static void storeSessions(Server server, String name, String database) {
        var ids = new DefaultSessionIdManager(server);
        ids.setWorkerName(name);
        server.addBean(ids, true);
        var adaptor = new DatabaseAdaptor();
        adaptor.setDriverInfo("org.postgresql.Driver", database);
        var store = new JDBCSessionDataStoreFactory();
        store.setDatabaseAdaptor(adaptor);
        // a request that has changed nothing must not write back what another one has changed meanwhile
        store.setSavePeriodSec(60);
        server.addBean(store);
        var cache = new NullSessionCacheFactory();
        cache.setFlushOnResponseCommit(true); // the browser's next request must not be faster than the database
        server.addBean(cache);
    }

    private static WebAppContext application(Path war) {
        var fileName = war.getFileName().toString();
        var context = new WebAppContext(war.toString(), "/" + fileName.replace(".war", ""));
        context.setThrowUnavailableOnStartupException(true);
        // only classes of the application have annotations to look for; the engines have many classes
        context.setAttribute("org.eclipse.jetty.server.webapp.WebInfIncludeJarPattern", ".*/oidc-[^/]*\\.jar$");
        return context;
    }
}
