// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import java.io.File;
import java.util.Objects;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What an application needs for container security on WildFly: {@code oidc-cdi} beside the other libraries. */
final class Mechanism {
    private Mechanism() {}

    static WebArchive addedTo(WebArchive war) {
        var folder = new File(System.getProperty("web-inf-lib"), "../oidc-cdi");
        var jars = folder.listFiles((parent, file) -> file.endsWith(".jar"));
        return war.addAsLibraries(Objects.requireNonNull(jars, folder::toString))
                .addAsWebInfResource(new StringAsset("<beans/>"), "beans.xml");
    }
}
