// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The web application under test, as a user would assemble it: the library and what it needs at run time in {@code
 * WEB-INF/lib}, the filter in {@code web.xml}, the settings in {@code META-INF/microprofile-config.properties}.
 *
 * <p>The system property {@code web-inf-lib} names the folder with the libraries.
 */
public record TestWar(
        String name, WebXml webXml, Map<String, String> settings, List<File> libraries, boolean withBeans) {
    private static final String WEBAPP_PACKAGE = "org.oidcfilter.it.webapp";
    private static final String CONSTRAINED_PACKAGE = "org.oidcfilter.it.constrained";
    private static final String BEANS_PACKAGE = "org.oidcfilter.it.beans";

    public TestWar {
        settings = Map.copyOf(settings);
        libraries = List.copyOf(libraries);
    }

    /** The servlets alone, without a filter. The name is the context path too. */
    public static TestWar named(String name) {
        return new TestWar(name, WebXml.withoutFilter(), Map.of(), jarsIn(new File(property("web-inf-lib"))), false);
    }

    /** With the filter mapped to all paths. */
    public TestWar filter() {
        return filter("oidc", "/*", Map.of());
    }

    /** With one more filter, mapped to some paths and with settings of its own. */
    public TestWar filter(String filterName, String urlPattern, Map<String, String> initParams) {
        return new TestWar(
                name,
                webXml.and(new WebXml.Filter(filterName, urlPattern, initParams)),
                settings,
                libraries,
                withBeans);
    }

    /** With constraints that the container enforces, for the same paths as the filter's rules and more. */
    public TestWar constrained() {
        return new TestWar(name, webXml.withConstraints(), settings, libraries, withBeans)
                .settings(Map.of("oidc.container-security", "true"));
    }

    /** With session ids in addresses where a browser keeps no cookies, which is what containers do unless told otherwise. */
    public TestWar sessionsByUrlToo() {
        return new TestWar(name, webXml.sessionsByUrlToo(), settings, libraries, withBeans);
    }

    /** With sessions that the container lets several nodes share. */
    public TestWar distributable() {
        return new TestWar(name, webXml.forSeveralNodes(), settings, libraries, withBeans);
    }

    /** With more settings for the whole application. */
    public TestWar settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return new TestWar(name, webXml, all, libraries, withBeans);
    }

    /**
     * With beans and {@code oidc-cdi}, which lies beside the libraries; the system property {@code cdi-lib} names a folder
     * with CDI, where the container has none.
     */
    public TestWar beans() {
        List<File> all = new ArrayList<>(libraries);
        all.addAll(jarsIn(new File(property("web-inf-lib"), "../oidc-cdi")));
        if (System.getProperty("cdi-lib") != null) {
            all.addAll(jarsIn(new File(property("cdi-lib"))));
        }
        return new TestWar(name, webXml, settings, all, true);
    }

    /** With Jakarta REST; the system property {@code rest-lib} names a folder with it, where the container has none. */
    public TestWar rest() {
        List<File> all = new ArrayList<>(libraries);
        if (System.getProperty("rest-lib") != null) {
            all.addAll(jarsIn(new File(property("rest-lib"))));
        }
        return new TestWar(name, webXml, settings, all, withBeans);
    }

    /** The archive to deploy. */
    public WebArchive archive() {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(WEBAPP_PACKAGE)
                .addAsLibraries(libraries.toArray(File[]::new))
                .setWebXML(new StringAsset(webXml.text()))
                // Undertow ignores the attribute SameSite of the session cookie in web.xml; others ignore this file.
                .addAsWebInfResource(new StringAsset("samesite-cookie(mode=Lax)"), "undertow-handlers.conf")
                .addAsResource(new StringAsset(properties()), "META-INF/microprofile-config.properties");
        if (webXml.constrained()) {
            archive.addPackage(CONSTRAINED_PACKAGE);
        }
        return withBeans
                ? archive.addPackage(BEANS_PACKAGE).addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml")
                : archive;
    }

    private String properties() {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name + " is not set");
    }

    private static List<File> jarsIn(File folder) {
        File[] jars = folder.listFiles((parent, file) -> file.endsWith(".jar"));
        if (jars == null || jars.length == 0) {
            throw new IllegalStateException("no libraries in " + folder);
        }
        return Stream.of(jars).sorted().toList();
    }
}
