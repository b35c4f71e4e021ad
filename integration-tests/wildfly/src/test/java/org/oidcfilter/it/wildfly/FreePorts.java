// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.wildfly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import org.jboss.arquillian.config.descriptor.api.ArquillianDescriptor;
import org.jboss.arquillian.config.descriptor.api.ContainerDef;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Moves the server to free ports: WildFly cannot choose them itself, because it is told how far to shift them all. */
public final class FreePorts implements LoadableExtension {
    private static final int MANAGEMENT = 9990;
    private static final List<Integer> PORTS = List.of(8080, 8443, MANAGEMENT, 9993);
    private static final int ATTEMPTS = 200;

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(FreePorts.class);
    }

    /** Amends {@code arquillian.xml} before a container is made from it. */
    public void shift(@Observes(precedence = 100) ArquillianDescriptor descriptor) {
        int offset = freeOffset();
        ContainerDef wildfly = descriptor.container("wildfly");
        String arguments = wildfly.getContainerProperty("javaVmArguments");
        wildfly.property("javaVmArguments", arguments + " -Djboss.socket.binding.port-offset=" + offset);
        wildfly.property("managementPort", Integer.toString(MANAGEMENT + offset));
    }

    private static int freeOffset() {
        // Below the range from which systems take the ports of outgoing connections.
        return new Random()
                .ints(ATTEMPTS, 1_000, 22_000)
                .filter(offset -> PORTS.stream().allMatch(port -> isFree(port + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports for WildFly"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
