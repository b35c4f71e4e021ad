// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.oidcfilter.Secret;

/** A secret that lives in a text file of its own; a newline at its end does not count. */
final class SecretFile {
    private static final Pattern NEWLINE_AT_END = Pattern.compile("\\r?\\n\\z");
    private static final long LARGEST = 64 * 1024;

    private SecretFile() {}

    static Secret content(String file) {
        try {
            var path = Path.of(file);
            if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
                throw new IllegalArgumentException("must name a file of at most " + LARGEST + " bytes");
            }
            var text = NEWLINE_AT_END.matcher(Files.readString(path)).replaceFirst("");
            if (text.isBlank()) {
                throw new IllegalArgumentException("must name a file that is not blank");
            }
            return Secret.of(text);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    "must name a readable text file (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
