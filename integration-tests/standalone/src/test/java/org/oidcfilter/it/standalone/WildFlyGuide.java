// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.IOException;
import java.util.List;
import org.oidcfilter.it.process.Await;
import org.oidcfilter.it.process.FreePort;
import org.oidcfilter.it.standalone.Guide.Block;

/** docs/guides/wildfly.md, followed. */
final class WildFlyGuide {
    private static final String START = "WildFly";
    private static final String SECURITY = "Container security";
    private static final String PROXY = "Behind a proxy";

    private final Guide guide;
    private final int management;

    WildFlyGuide() throws IOException {
        guide = Guide.of("docs/guides/wildfly.md");
        management = FreePort.choose();
    }

    List<Block> ignored() {
        return guide.ignored();
    }

    Installation install(Substitutions ports) throws IOException, InterruptedException {
        return Installation.wildFly(ports, management);
    }

    /** The server with the three properties, and a shop behind the filter at {@code /shop}. */
    void startWithFilter(Installation server) throws IOException, InterruptedException {
        server.start(guide.block(START, "standalone.sh"), server.substitutions().plain("/"), "WildFly");
        cli(server, guide.block(START, "oidc.issuer"));
        deploy(server, shop(), "shop");
    }

    private ShopWar shop() throws IOException {
        return ShopWar.withFilter().put(guide.block(START, "samesite-cookie")).withSecureCookie();
    }

    /** A shop that WildFly guards, at {@code /till}. */
    void deployGuarded(Installation server) throws IOException, InterruptedException {
        cli(server, guide.block(SECURITY, "integrated-jaspi"));
        deploy(server, guarded(), "till");
    }

    private ShopWar guarded() throws IOException {
        return ShopWar.withoutFilter()
                .put(guide.block(START, "samesite-cookie"))
                .put(guide.block(SECURITY, "oidc.container-security"))
                .put(guide.block(SECURITY, "<security-constraint>"))
                .withSecureCookie()
                .withCdi();
    }

    void deployAtTheRoot(Installation server) throws IOException, InterruptedException {
        shop().writeTo(server.desk(), server.substitutions());
        server.run(guide.block(START, "ROOT.war"));
        await(server, "/");
    }

    void deployGuardedAtTheRoot(Installation server) throws Exception {
        guarded().writeTo(server.desk(), server.substitutions());
        server.run(guide.block(START, "ROOT.war"));
        Await.until("the other shop is at the root", () -> server.log().contains("of '' is ready"));
        await(server, "/");
    }

    void listenWithTls(Installation server) throws IOException, InterruptedException {
        server.run(guide.block("https", "openssl"));
        cli(server, guide.block("https", "elytron"));
    }

    /** A shop that is told its address, at {@code /far}. */
    void deployWithExternalUrl(Installation server) throws IOException, InterruptedException {
        Block url = guide.block(PROXY, "oidc.external-url").replace("/shop\n", "/far\n");
        deploy(server, shop().put(url), "far");
    }

    void believeTheProxy(Installation server) throws IOException, InterruptedException {
        cli(server, guide.block(PROXY, "proxy-address-forwarding"));
        await(server, "/shop/");
        await(server, "/till/");
    }

    private void deploy(Installation server, ShopWar war, String name) throws IOException, InterruptedException {
        server.deploy(war, guide.block(START, "cp shop.war \"$JBOSS_HOME/standalone/deployments\""), name);
        await(server, "/" + name + "/");
    }

    private static void await(Installation server, String context) throws IOException, InterruptedException {
        server.await(server.substitutions().plain(context + "public/hello"), "hello");
    }

    private void cli(Installation server, Block commands) throws IOException, InterruptedException {
        server.cli(commands, management);
    }
}
