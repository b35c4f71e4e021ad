// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.oidcfilter.servlet.OidcFilter;
import org.oidcfilter.tomcat.ContainerSecurityInitializer;

/** An embedded Tomcat with the same servlet behind what its candidate asks for. Its threads count for it. */
final class TomcatServer implements Measured {
    /** What can stand before the servlet there. */
    static final List<Candidate> CANDIDATES =
            List.of(Candidate.LEAST, Candidate.LEAST_CONTAINER, Candidate.FILTER, Candidate.CONTAINER);

    private static final Logger LOG = Logger.getLogger("");

    private final Threads threads;
    private final Tomcat tomcat = new Tomcat();
    private final int port;

    static TomcatServer start(Candidate candidate, String issuer) {
        LOG.setLevel(Level.SEVERE);
        var threads = new Threads("tomcat " + candidate.name());
        return threads.start(() -> new TomcatServer(threads, candidate, issuer));
    }

    private TomcatServer(Threads threads, Candidate candidate, String issuer) throws IOException, LifecycleException {
        this.threads = threads;
        var folder = Files.createTempDirectory("benchmark").toFile();
        folder.deleteOnExit();
        tomcat.setBaseDir(folder.getPath());
        var connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("maxThreads", "24");
        connector.setProperty("minSpareThreads", "24");
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", folder.getPath());
        Tomcat.addServlet(context, "page", new Page());
        context.addServletMappingDecoded("/private/*", "page");
        context.addServletMappingDecoded("/public/*", "page");
        Tomcat.addServlet(context, "default", new DefaultServlet()); // without it there are no paths for filters
        context.addServletMappingDecoded("/", "default");
        install(context, candidate, issuer);
        tomcat.start();
        port = connector.getLocalPort();
    }

    private static void install(Context context, Candidate candidate, String issuer) {
        switch (candidate) {
            case BARE -> {}
            case LEAST -> filter(context, LeastFilter.class, Map.of());
            case FILTER -> filter(context, OidcFilter.class, Candidate.filterSettings(issuer));
            case LEAST_CONTAINER ->
                constraint(context, (none, started) -> AuthConfigFactory.getFactory()
                        .registerServerAuthModule(new LeastModule(), started));
            case CONTAINER -> {
                Candidate.containerSettings(issuer).forEach(System::setProperty);
                constraint(context, new ContainerSecurityInitializer());
            }
            default -> throw new IllegalArgumentException("not on Tomcat: " + candidate);
        }
    }

    private static void filter(Context context, Class<? extends Filter> type, Map<String, String> settings) {
        var filter = new FilterDef();
        filter.setFilterName("oidc");
        filter.setFilterClass(type.getName());
        filter.setAsyncSupported("true");
        settings.forEach(filter::addInitParameter);
        context.addFilterDef(filter);
        var map = new FilterMap();
        map.setFilterName("oidc");
        map.addURLPattern("/*");
        Set.of("REQUEST", "ASYNC", "ERROR").forEach(map::setDispatcher);
        context.addFilterMap(map);
    }

    private static void constraint(Context context, ServletContainerInitializer initializer) {
        var collection = new SecurityCollection();
        collection.addPatternDecoded("/private/*");
        var constraint = new SecurityConstraint();
        constraint.addCollection(collection);
        constraint.addAuthRole("**");
        context.addConstraint(constraint);
        context.addServletContainerInitializer(initializer, null);
    }

    @Override
    public Threads threads() {
        return threads;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
