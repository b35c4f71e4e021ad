// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.config.descriptor.api.ArquillianDescriptor;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Makes the server's configuration from WildFly's own by the commands of the guide, if the tests want another one. */
public final class CliConfiguration implements LoadableExtension {
    private static final String ORIGINAL = "standalone.xml";
    private static final int LONGEST_SECONDS = 120;

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(CliConfiguration.class);
    }

    /** Before a container is made from {@code arquillian.xml}. */
    public void configure(@Observes(precedence = 50) ArquillianDescriptor descriptor) throws Exception {
        Map<String, String> properties = descriptor.container("wildfly").getContainerProperties();
        String wanted = Objects.requireNonNull(properties.get("serverConfig"));
        if (!wanted.equals(ORIGINAL)) {
            Path home = Path.of(Objects.requireNonNull(properties.get("jbossHome")));
            Path folder = home.resolve("standalone/configuration");
            Files.copy(folder.resolve(ORIGINAL), folder.resolve(wanted), StandardCopyOption.REPLACE_EXISTING);
            run(
                    home,
                    Path.of("src/test/resources", wanted.replace(".xml", ".cli"))
                            .toAbsolutePath());
        }
    }

    private static void run(Path home, Path commands) throws IOException, InterruptedException {
        Path log = home.resolveSibling("cli.log");
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("bin/jboss-cli.sh").toString(), "--file=" + commands);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the commands did not run: " + Files.readString(log));
        }
    }
}
