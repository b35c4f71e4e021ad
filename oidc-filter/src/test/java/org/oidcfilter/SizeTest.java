// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one can take in at a time. */
class SizeTest {
    private static final int LONGEST_FILE = 300;
    private static final int LONGEST_METHOD = 40;

    /** Nothing to take in, only to look up. */
    private static final Set<String> TABLES = Set.of("Setting.java");

    private static final int MOST_API_TYPES = 30;
    private static final int LONGEST_SAMPLE = 150;
    private static final Path SOURCES = Repository.module().resolve("src/main/java");

    @Test
    void filesAreShort() throws IOException {
        assertEquals(List.of(), longFiles(SOURCES));
    }

    @Test
    void methodsAreShort() throws IOException {
        assertEquals(List.of(), longMethods(SOURCES));
    }

    @Test
    void theApiCanBeCountedOnFingers() throws IOException {
        var root = SOURCES.resolve("org/oidcfilter");
        List<Path> files;
        try (var children = Files.list(root)) {
            files = children.filter(SizeTest::isSource).toList();
        }
        var types = parse(files).units().stream()
                .flatMap(unit -> unit.getTypeDecls().stream())
                .filter(SizeTest::isPublic)
                .count();
        assertTrue(types > 0 && types <= MOST_API_TYPES, () -> types + " public types");
    }

    @Test
    void theSampleOfJakartaEeIsShort() throws IOException {
        var lines = 0L;
        for (var file : sources(Repository.root().resolve("oidc-samples/jakarta/src/main/java"))) {
            try (var all = Files.lines(file)) {
                lines += all.filter(line -> !line.isBlank()).count();
            }
        }
        assertTrue(lines < LONGEST_SAMPLE, lines + " lines that are not blank");
    }

    @Test
    void noticesWhatIsTooLong(@TempDir Path folder) throws IOException {
        write(folder, "Short", 37, 258);
        write(folder, "LongMethod", 38, 0);
        write(folder, "LongFile", 37, 259);
        assertEquals(List.of("LongFile.java: 301 lines"), longFiles(folder));
        assertEquals(List.of("LongMethod.java: method has 41 lines"), longMethods(folder));
    }

    private static void write(Path folder, String name, int statements, int comments) throws IOException {
        var text = "class " + name + " {\n    void method() {\n"
                + "        // }\n" + "        hashCode();\n".repeat(statements) + "    }\n"
                + "    // more\n".repeat(comments) + "}\n";
        Files.writeString(folder.resolve(name + ".java"), text);
    }

    private static List<String> longFiles(Path folder) throws IOException {
        var found = new ArrayList<String>();
        for (var file : sources(folder)) {
            if (TABLES.contains(file.getFileName().toString())) {
                continue;
            }
            var lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                found.add(file.getFileName() + ": " + lines + " lines");
            }
        }
        return found;
    }

    private static List<String> longMethods(Path folder) throws IOException {
        var parsed = parse(sources(folder));
        var found = new ArrayList<String>();
        parsed.units().forEach(unit -> new Methods(unit, parsed.positions(), found).scan(unit, ""));
        return found;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            var sources = files.filter(SizeTest::isSource).sorted().toList();
            assertTrue(!sources.isEmpty(), () -> "no sources in " + folder);
            return sources;
        }
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java");
    }

    private static boolean isPublic(Tree declaration) {
        return declaration instanceof ClassTree type
                && type.getModifiers().getFlags().contains(Modifier.PUBLIC);
    }

    private static Parsed parse(List<Path> files) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask)
                    compiler.getTask(null, manager, null, List.of(), null, manager.getJavaFileObjectsFromPaths(files));
            var units = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(units::add);
            return new Parsed(units, Trees.instance(task).getSourcePositions());
        }
    }

    private record Parsed(List<CompilationUnitTree> units, SourcePositions positions) {}

    /** Notes the methods that are too long, from modifiers to closing brace. */
    private static final class Methods extends TreeScanner<Object, Object> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        Methods(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Object visitMethod(MethodTree method, Object nothing) {
            var lines = unit.getLineMap();
            var first = lines.getLineNumber(positions.getStartPosition(unit, method));
            var last = lines.getLineNumber(positions.getEndPosition(unit, method));
            if (last - first + 1 > LONGEST_METHOD) {
                var file = Path.of(unit.getSourceFile().getName()).getFileName();
                found.add(file + ": " + method.getName() + " has " + (last - first + 1) + " lines");
            }
            return super.visitMethod(method, nothing);
        }
    }
}
