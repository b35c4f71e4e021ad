// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A JVM for a node. */
final class JavaCommand {
    private JavaCommand() {}

    /** @param folder for its temporary files */
    static List<String> of(Path folder) throws IOException {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:TieredStopAtLevel=1", // they are young when they die
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    }
}
