// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.IOException;
import java.util.List;
import org.oidcfilter.it.standalone.Guide.Block;

/** docs/guides/tomcat.md, followed. */
final class TomcatGuide {
    private static final String START = "Tomcat 10.1 and 11";
    private static final String PROXY = "Behind a proxy";

    private final Guide guide;

    TomcatGuide() throws IOException {
        guide = Guide.of("docs/guides/tomcat.md");
    }

    List<Block> ignored() {
        return guide.ignored();
    }

    /** A shop behind the filter at {@code /shop}, and one that Tomcat guards at {@code /till}. */
    void deployBothModes(Installation tomcat) throws IOException, InterruptedException {
        tomcat.deploy(ShopWar.withFilter(), deployment(), "shop");
        tomcat.deploy(guarded(), deployment(), "till");
        tomcat.put(guide.block(START, "OIDC_ISSUER"));
    }

    private ShopWar guarded() throws IOException {
        return ShopWar.withoutFilter()
                .put(guide.block("Container security", "oidc.container-security"))
                .put(guide.block("Container security", "<security-constraint>"));
    }

    void deployAtTheRoot(Installation tomcat) throws IOException, InterruptedException {
        ShopWar.withFilter().writeTo(tomcat.desk(), tomcat.substitutions());
        tomcat.run(guide.block(START, "ROOT.war"));
    }

    void deployGuardedAtTheRoot(Installation tomcat) throws IOException, InterruptedException {
        guarded().writeTo(tomcat.desk(), tomcat.substitutions());
        tomcat.run(guide.block(START, "ROOT.war"));
    }

    void listenWithTls(Installation tomcat) throws IOException, InterruptedException {
        tomcat.run(guide.block("https", "cp shop.crt"));
        tomcat.put(guide.block("https", "<Connector"));
    }

    void silenceTheErrorPage(Installation tomcat) throws IOException {
        tomcat.put(guide.block("Its own error page", "ErrorReportValve"));
    }

    /** A shop that is told its address, at {@code /far}. */
    void deployWithExternalUrl(Installation tomcat) throws IOException, InterruptedException {
        Block url = guide.block(PROXY, "oidc.external-url").replace("/shop\n", "/far\n");
        tomcat.deploy(ShopWar.withFilter().put(url).withSecureCookie(), deployment(), "far");
    }

    void believeTheProxy(Installation tomcat) throws IOException {
        tomcat.put(guide.block(PROXY, "RemoteIpValve"));
    }

    void start(Installation tomcat, String... contexts) throws IOException, InterruptedException {
        Block command = guide.block(START, "catalina.sh");
        tomcat.start(command, tomcat.substitutions().plain(contexts[0] + "public/hello"), "hello");
        for (String context : contexts) {
            tomcat.await(tomcat.substitutions().plain(context + "public/hello"), "hello");
        }
    }

    private Block deployment() {
        return guide.block(START, "cp shop.war \"$CATALINA_HOME/webapps\"");
    }
}
