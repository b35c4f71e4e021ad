// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/** The same application with a library that remembers one thing more of each session, as a later version may. */
final class NextVersion {
    private static final Path SOURCE = Path.of("../../oidc-filter/src/main/java/org/oidcfilter/FieldWriter.java");
    private static final String END = "return out.toByteArray();";

    /** What the next version says of itself when it writes a session. */
    static final String MARK = "what only the next version knows";

    private static final String MORE = "System.out.println(\"" + MARK + "\"); text(200, \"" + MARK + "\"); ";

    private NextVersion() {}

    /** Made in {@code around}, from the sources of the version in {@code war}. */
    static Path of(Path war, Path around) throws IOException {
        var folder = Files.createTempDirectory(around, "next-version");
        var library = folder.resolve("oidc-filter.jar");
        var next = Files.copy(war, folder.resolve(war.getFileName()));
        try (var files = FileSystems.newFileSystem(next)) {
            var original = library(files.getPath("/WEB-INF/lib"));
            Files.copy(original, library);
            rememberMore(library, folder);
            Files.copy(library, original, REPLACE_EXISTING);
        }
        return next;
    }

    private static Path library(Path libraries) throws IOException {
        try (var all = Files.list(libraries)) {
            return all.filter(file -> file.getFileName().toString().matches("oidc-filter-\\d.*\\.jar"))
                    .findAny()
                    .orElseThrow();
        }
    }

    private static void rememberMore(Path library, Path folder) throws IOException {
        var original = Files.readString(SOURCE);
        if (!original.contains(END)) {
            throw new IllegalStateException(SOURCE + " ends a session in another way now");
        }
        var changed = folder.resolve(SOURCE.getFileName());
        Files.writeString(changed, original.replace(END, MORE + END));
        compile(changed, library, folder);
        try (var files = FileSystems.newFileSystem(library)) {
            var type = "org/oidcfilter/FieldWriter.class";
            Files.copy(folder.resolve(type), files.getPath(type), REPLACE_EXISTING);
        }
    }

    private static void compile(Path source, Path library, Path output) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, UTF_8)) {
            var options = List.of("-proc:none", "--release", "17", "-cp", library.toString(), "-d", output.toString());
            if (!compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new IllegalStateException(source + " cannot be compiled");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
