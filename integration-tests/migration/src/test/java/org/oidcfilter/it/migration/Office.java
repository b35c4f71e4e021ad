// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.migration;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.oidcfilter.it.process.Keycloak;

/** The WAR of the office, with the files of one library or another. */
final class Office {
    private static final String GOODBYE = "<!DOCTYPE html><title>Goodbye</title><p>goodbye";

    private final WebArchive war;
    private String origin = "https://shop.example.com";

    private Office(WebArchive war) {
        this.war = war.addPackage("org.oidcfilter.it.office").add(new StringAsset(GOODBYE), "goodbye.html");
    }

    /** With the files of a folder of {@code src/test/resources}. */
    static Office of(String folder) {
        return new Office(ShrinkWrap.create(WebArchive.class)
                .as(ExplodedImporter.class)
                .importDirectory(new File("src/test/resources", folder))
                .as(WebArchive.class));
    }

    /** With what the neighbouring module of this name has built, libraries included. */
    static Office built(String module) {
        return new Office(ShrinkWrap.create(ZipImporter.class)
                .importFrom(new File(module, "target/before.war"))
                .as(WebArchive.class));
    }

    /** With the classes of a package. */
    Office with(String classes) {
        war.addPackage(classes);
        return this;
    }

    /** With the libraries of the zip, as for the filter. */
    Office withFilter() {
        war.addAsLibraries(jars("web-inf-lib"));
        return this;
    }

    /** With all our libraries. */
    Office withCdi() {
        war.addAsLibraries(jars("oidc-cdi"));
        return withFilter();
    }

    /** In the knowledge of its own address, for libraries that want to be told. */
    Office at(URI address) {
        origin = address.getScheme() + "://" + address.getAuthority();
        return this;
    }

    private static File[] jars(String property) {
        File folder = new File(Objects.requireNonNull(System.getProperty(property), property));
        return Stream.of(Objects.requireNonNull(folder.listFiles(), folder::toString))
                .filter(file -> file.getName().endsWith(".jar"))
                .toArray(File[]::new);
    }

    /** Writes the WAR, with the address and the secret of the provider in place of those of the guide. */
    Path write(Path file, Keycloak keycloak) throws IOException {
        for (ArchivePath path : war.getContent(Office::isConfiguration).keySet()) {
            String text = text(path);
            war.delete(path);
            war.add(new StringAsset(substituted(text, keycloak)), path);
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    private static boolean isConfiguration(ArchivePath path) {
        return path.get().matches("/WEB-INF/(classes/)?([\\w-]+/)?[\\w.-]+\\.(xml|json|properties)");
    }

    private String text(ArchivePath path) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(war.get(path).getAsset(), path.get()).openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String substituted(String text, Keycloak keycloak) {
        String provider = keycloak.issuer().toString().replace("/realms/" + Keycloak.REALM, "");
        return text.replace("https://id.example.com", provider)
                .replace("https://shop.example.com", origin)
                .replace("…", Keycloak.SHOP_SECRET);
    }
}
