// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document as its reader follows it: code block by code block, each with what it is and where it goes, which the
 * sentence before it says. Remembers which blocks have been followed.
 */
final class Guide {
    private static final Pattern FENCE = Pattern.compile("( *)```([\\w-]*)");

    private final String name;
    private final List<Block> blocks;
    private final Set<Block> followed = new HashSet<>();

    /**
     * A code block.
     *
     * @param introduction what stands between the block or heading before it and the block
     */
    record Block(String heading, String language, String introduction, String text) {
        private static final Pattern FILE = Pattern.compile("`([\\w./-]+\\.(?:xml|sh|ini|conf|properties))`");
        private static final Pattern ELEMENT = Pattern.compile("inside\\s+`<(\\w+)>`");

        /** The file into which the guide says that the block goes: the last one that is named before it. */
        String file() {
            return FILE.matcher(introduction)
                    .results()
                    .map(found -> found.group(1))
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> new AssertionError("the guide does not say into which file this goes: " + this));
        }

        /** The element of that file into which the block goes; the outermost one if none is named. */
        String element() {
            Matcher element = ELEMENT.matcher(introduction);
            return element.find() ? element.group(1) : "web-app";
        }

        /** Whether it is a part of an XML file, not a whole one. */
        boolean isPartOfXml() {
            return language.equals("xml") && !text.startsWith("<?xml");
        }

        Block replace(String from, String to) {
            return new Block(heading, language, introduction, text.replace(from, to));
        }
    }

    private Guide(String name, List<Block> blocks) {
        this.name = name;
        this.blocks = blocks;
    }

    /** Reads a document of this project. */
    static Guide of(String document) throws IOException {
        return new Guide(document, parsed(Files.readString(Path.of("..", "..").resolve(document))));
    }

    static Guide parse(String text) {
        return new Guide("a guide", parsed(text));
    }

    private static List<Block> parsed(String text) {
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        StringBuilder introduction = new StringBuilder();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                String end = fence.group(1) + "```";
                List<String> code = lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> !line.equals(end))
                        .toList();
                blocks.add(new Block(heading, fence.group(2), introduction.toString(), code(code, fence.group(1))));
                introduction.setLength(0);
                i += code.size() + 1;
            } else if (lines.get(i).startsWith("#")) {
                heading = lines.get(i).replaceFirst("#+ ", "");
                introduction.setLength(0);
            } else {
                introduction.append(lines.get(i)).append('\n');
            }
        }
        return blocks;
    }

    private static String code(List<String> lines, String indent) {
        StringBuilder code = new StringBuilder();
        lines.forEach(line -> code.append(line.startsWith(indent) ? line.substring(indent.length()) : line.strip())
                .append('\n'));
        return code.toString();
    }

    /** The one block below {@code heading} with {@code words} in it, which is followed now. */
    Block block(String heading, String words) {
        List<Block> found = blocks.stream()
                .filter(block -> block.heading().equals(heading) && block.text().contains(words))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks below '" + heading + "' of " + name + " say: " + words);
        }
        followed.add(found.get(0));
        return found.get(0);
    }

    /** The blocks that nobody has followed. */
    List<Block> ignored() {
        return blocks.stream().filter(block -> !followed.contains(block)).toList();
    }
}
