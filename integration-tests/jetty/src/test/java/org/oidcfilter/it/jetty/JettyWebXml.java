// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The lines that have Jetty ask us, as the guide has them. */
final class JettyWebXml {
    private static final String TEXT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure id="application">
              <Call class="org.oidcfilter.jetty.JettySecurity" name="install">
                <Arg><Ref refid="application"/></Arg>
              </Call>
            </Configure>
            """;

    private static final String DESCRIPTOR = "WEB-INF/web.xml";

    private JettyWebXml() {}

    static WebArchive addedTo(WebArchive constrained) {
        return constrained.addAsWebInfResource(new StringAsset(TEXT), "jetty-web.xml");
    }

    /** With these elements in {@code web.xml}, too. */
    static WebArchive addedTo(WebArchive constrained, String elements) {
        String webXml = read(constrained).replace("</web-app>", elements + "</web-app>");
        constrained.delete(DESCRIPTOR);
        return addedTo(constrained.setWebXML(new StringAsset(webXml)));
    }

    private static String read(WebArchive archive) {
        try (InputStream in = archive.get(DESCRIPTOR).getAsset().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
