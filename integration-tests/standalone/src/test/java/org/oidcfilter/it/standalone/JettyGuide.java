// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.IOException;
import java.util.List;
import org.oidcfilter.it.standalone.Guide.Block;

/** docs/guides/jetty.md, followed. */
final class JettyGuide {
    private static final String START = "Jetty 12";
    private static final String CONSTRAINTS = "Let Jetty enforce constraints";
    private static final String PROXY = "Behind a proxy";
    private static final String SOCKETS = "Web sockets";

    private final Guide guide;

    JettyGuide() throws IOException {
        guide = Guide.of("docs/guides/jetty.md");
    }

    List<Block> ignored() {
        return guide.ignored();
    }

    /** A shop behind the filter at {@code /shop}, and one that Jetty guards at {@code /till}. */
    void deployBothModes(Installation jetty) throws IOException, InterruptedException {
        jetty.run(guide.block(START, "--add-modules"));
        jetty.deploy(ShopWar.withFilter(), deployment(), "shop");
        jetty.deploy(guarded(), deployment(), "till");
    }

    private ShopWar guarded() throws IOException {
        return ShopWar.withoutFilter()
                .put(guide.block(CONSTRAINTS, "oidc.container-security"))
                .put(guide.block(CONSTRAINTS, "JettySecurity"))
                .put(guide.block(CONSTRAINTS, "<security-constraint>"));
    }

    void deployAtTheRoot(Installation jetty) throws IOException, InterruptedException {
        ShopWar.withFilter().writeTo(jetty.desk(), jetty.substitutions());
        jetty.run(guide.block(START, "root.war"));
    }

    void deployGuardedAtTheRoot(Installation jetty) throws IOException, InterruptedException {
        guarded().writeTo(jetty.desk(), jetty.substitutions());
        jetty.run(guide.block(START, "root.war"));
    }

    void listenWithTls(Installation jetty) throws IOException, InterruptedException {
        jetty.run(guide.block("https", "openssl"));
    }

    /** A shop with a web socket, whose fragments Jetty does not read, at {@code /ring}. */
    void deployWithASocket(Installation jetty) throws IOException, InterruptedException {
        jetty.run(guide.block(SOCKETS, "--add-modules"));
        ShopWar war = ShopWar.withFilter().withBellButNoFragments().put(guide.block(SOCKETS, "UpgradeGuard"));
        jetty.deploy(war, deployment(), "ring");
    }

    /** A shop that is told its address, at {@code /far}. */
    void deployWithExternalUrl(Installation jetty) throws IOException, InterruptedException {
        Block url = guide.block(PROXY, "oidc.external-url").replace("/shop\n", "/far\n");
        jetty.deploy(ShopWar.withFilter().put(url).withSecureCookie(), deployment(), "far");
    }

    void believeTheProxy(Installation jetty) throws IOException, InterruptedException {
        jetty.run(guide.block(PROXY, "--add-modules"));
    }

    void start(Installation jetty, String... contexts) throws IOException, InterruptedException {
        Block command = guide.block(START, "OIDC_ISSUER");
        jetty.start(command, jetty.substitutions().plain(contexts[0] + "public/hello"), "hello");
        for (String context : contexts) {
            jetty.await(jetty.substitutions().plain(context + "public/hello"), "hello");
        }
    }

    private Block deployment() {
        return guide.block(START, "cp shop.war \"$JETTY_BASE/webapps\"");
    }
}
