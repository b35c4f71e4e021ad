// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.oidcfilter.it.standalone.Guide.Block;

/** The shop as a reader of the README and of a guide would pack it. */
final class ShopWar {
    private static final String WEB_XML = "WEB-INF/web.xml";
    private static final String SETTINGS = "META-INF/microprofile-config.properties";

    private final Map<String, String> files = new TreeMap<>();
    private String attributes = "";
    private boolean withCdi;
    private boolean withBell;

    private ShopWar(String webXml, String settings) {
        files.put(WEB_XML, webXml);
        files.put(SETTINGS, settings + "oidc.post-logout-path=/public/hello\n");
    }

    /** With the filter that the README shows, and rules for the paths of the shop. */
    static ShopWar withFilter() throws IOException {
        return new ShopWar(
                Guide.of("README.md").block("Use it", "<filter>").text(),
                "oidc.public-paths=/public/*\noidc.path-rules=/admin/*=admin\n");
    }

    /** The same without the filter: what takes its place is for a guide to say. */
    static ShopWar withoutFilter() throws IOException {
        String quoted = Guide.of("README.md").block("Use it", "<filter>").text();
        return new ShopWar(quoted.replaceAll("(?s)<filter>.*</filter-mapping>", ""), "");
    }

    /** With a block of a guide where the guide says. */
    ShopWar put(Block block) {
        files.merge(block.file(), block.text(), (before, added) -> before + added);
        return this;
    }

    /** With {@code <secure>true</secure>}, as the README has it for production. */
    ShopWar withSecureCookie() {
        files.computeIfPresent(
                WEB_XML,
                (file, text) -> text.replace(
                        "<http-only>true</http-only>", "<http-only>true</http-only><secure>true</secure>"));
        return this;
    }

    /** With a web socket, and without the fragments and annotations of libraries and classes. */
    ShopWar withBellButNoFragments() {
        attributes = " metadata-complete=\"true\"";
        withBell = true;
        files.merge(WEB_XML, """
                <servlet>
                  <servlet-name>hello</servlet-name>
                  <servlet-class>org.oidcfilter.it.shop.Hello</servlet-class>
                </servlet>
                <servlet-mapping><servlet-name>hello</servlet-name><url-pattern>/public/hello</url-pattern></servlet-mapping>
                <servlet>
                  <servlet-name>desk</servlet-name>
                  <servlet-class>org.oidcfilter.it.shop.Desk</servlet-class>
                </servlet>
                <servlet-mapping><servlet-name>desk</servlet-name><url-pattern>/desk</url-pattern></servlet-mapping>
                """, (before, added) -> before + added);
        return this;
    }

    ShopWar withCdi() {
        withCdi = true;
        return this;
    }

    /** Writes {@code shop.war} into {@code folder}. */
    void writeTo(Path folder, Substitutions substitutions) throws IOException {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, "shop.war")
                .addPackage("org.oidcfilter.it.shop")
                .addAsLibraries(libraries().toArray(File[]::new));
        if (withBell) {
            archive.addPackage("org.oidcfilter.it.bell");
        }
        files.forEach((file, text) -> {
            StringAsset content = new StringAsset(substitutions.apply(file.equals(WEB_XML) ? webApp(text) : text));
            if (file.equals(SETTINGS)) {
                archive.addAsResource(content, file);
            } else {
                archive.add(content, file);
            }
        });
        archive.as(ZipExporter.class)
                .exportTo(Files.createDirectories(folder).resolve("shop.war").toFile(), true);
    }

    private String webApp(String elements) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                         xsi:schemaLocation="https://jakarta.ee/xml/ns/jakartaee https://jakarta.ee/xml/ns/jakartaee/web-app_6_0.xsd"
                         version="6.0"%s>
                %s</web-app>
                """.formatted(attributes, elements);
    }

    private List<File> libraries() {
        return Stream.concat(jars("web-inf-lib"), withCdi ? jars("oidc-cdi") : Stream.empty())
                .toList();
    }

    private static Stream<File> jars(String property) {
        File folder = new File(Objects.requireNonNull(System.getProperty(property), property));
        return Stream.of(Objects.requireNonNull(folder.listFiles(), folder::toString))
                .filter(file -> file.getName().endsWith(".jar"));
    }
}
