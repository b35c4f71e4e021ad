// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.oidcfilter.ConfigurationException;

/**
 * One setting of WildFly: unless it is told otherwise it looks up whoever has logged in among its own users, whom providers
 * know nothing of, and answers 500.
 */
final class WildFlySecurity {
    private static final Logger LOG = System.getLogger("org.oidcfilter");

    private static final String SERVER = "jboss.as:management-root=server";
    private static final String UNDERTOW = "jboss.as:subsystem=undertow";

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern DOMAIN = Pattern.compile(
            "<(?:[\\w.-]+:)?security-domain>\\s*(?:java:(?:jboss/jaas|jboss/jbsx|/jaas)/)?([^<\\s]+)\\s*</");

    private final ServletContext context;

    WildFlySecurity(ServletContext context) {
        this.context = context;
    }

    /** Whether this is WildFly. */
    boolean isThere() {
        var info = context.getServerInfo();
        return info.contains("WildFly") || info.contains("JBoss");
    }

    /** @throws ConfigurationException if WildFly looks callers up, or asks nobody */
    void refuseLookUps() {
        var standard = attribute(UNDERTOW, "defaultSecurityDomain");
        var named = named();
        var domain = named.or(() -> standard).orElse("other");
        var looksUp = attribute(UNDERTOW + ",application-security-domain=" + domain, "integratedJaspi");
        if (standard.isEmpty() && looksUp.isEmpty()) {
            LOG.log(Level.INFO, () -> "Callers get 500 unless WildFly has been told once: " + command(domain));
        } else if (looksUp.isEmpty()) {
            throw new ConfigurationException(List.of("oidc.container-security: the security domain '" + domain + "', "
                    + (named.isPresent() ? "which jboss-web.xml names" : "WildFly's default")
                    + ", is none of WildFly's undertow subsystem, so that nobody would ask us: name one that is,"
                    + " such as 'other'"));
        } else if (Boolean.parseBoolean(looksUp.get())) {
            throw new ConfigurationException(List.of(
                    "oidc.container-security: WildFly would look for callers among its own users, and answer 500;"
                            + " tell it once by jboss-cli.sh, then reload: " + command(domain)));
        }
    }

    static String command(String domain) {
        return "/subsystem=undertow/application-security-domain=" + domain
                + ":write-attribute(name=integrated-jaspi,value=false)";
    }

    /** The security domain in {@code jboss-web.xml}. */
    private Optional<String> named() {
        try (var in = context.getResourceAsStream("/WEB-INF/jboss-web.xml")) {
            var text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var named = DOMAIN.matcher(COMMENT.matcher(text).replaceAll(""));
            return named.find() ? Optional.of(named.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What WildFly's own configuration says, if it can be asked: as long as the server starts, it logs an error instead. */
    private static Optional<String> attribute(String resource, String name) {
        try {
            var server = ManagementFactory.getPlatformMBeanServer();
            if ("starting".equals(server.getAttribute(new ObjectName(SERVER), "serverState"))) {
                return Optional.empty();
            }
            return Optional.ofNullable(server.getAttribute(new ObjectName(resource), name))
                    .map(String::valueOf);
        } catch (JMException | SecurityException e) {
            return Optional.empty();
        }
    }
}
