// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.oidcfilter.config.Setting;

/** What the documents name exists. */
class DocumentsTest {
    private static final Path ROOT = Repository.root();
    private static final Pattern MAPPED_CLASS = Pattern.compile("`([A-Z]\\w+)`");
    private static final Pattern MAPPED_TEST = Pattern.compile("`(\\w+(?:Test|IT|Scenarios))\\.(\\w+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern KEY = Pattern.compile("\\boidc\\.(?!json\\b)[a-z][a-z-]*\\b(?!\\.)");
    private static final Pattern CODE = Pattern.compile("(?m)^### (.+)$");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```\\w+$");
    private static final Pattern QUOTE = Pattern.compile("(?s)<!-- from (\\S+) -->\\n```\\w*\\n(.*?)```");

    @Test
    void everyClassOfTheSpecificationMapExists() throws IOException {
        var known = Repository.sources("oidc-filter/src/main/java");
        known.putAll(Repository.sources("oidc-cdi/src/main/java"));
        var rows = rows();
        assertTrue(rows.size() > 60, "rows: " + rows.size());
        for (var row : rows) {
            for (var name : matches(MAPPED_CLASS, row.get(2), 1)) {
                assertTrue(known.containsKey(name), name);
            }
        }
    }

    @Test
    void everyTestOfTheSpecificationMapExistsAndEveryRowHasOne() throws IOException {
        var known = Repository.sources("oidc-filter/src/test/java");
        known.putAll(Repository.sources("oidc-cdi/src/test/java"));
        known.putAll(Repository.sources("integration-tests"));
        for (var row : rows()) {
            var tests = MAPPED_TEST.matcher(row.get(3)).results().toList();
            assertTrue(!tests.isEmpty(), "no test: " + row);
            for (var test : tests) {
                var source = known.getOrDefault(test.group(1), "");
                assertTrue(source.contains("void " + test.group(2) + "("), test.group());
            }
        }
    }

    @Test
    void everyRelativeLinkLeadsToAFile() throws IOException {
        for (var document : documents()) {
            for (var target : matches(LINK, Files.readString(document), 1)) {
                assertTrue(Files.exists(document.resolveSibling(target)), document + " -> " + target);
            }
        }
    }

    @Test
    void everySettingThatADocumentNamesExists() throws IOException {
        var known = Stream.of(Setting.values()).map(Setting::key).toList();
        for (var document : documents()) {
            for (var key : matches(KEY, Files.readString(document), 0)) {
                assertTrue(known.contains(key), document + ": " + key);
            }
        }
    }

    @Test
    void theCodesOfTheErrorReferenceAreThoseOfTheReasons() throws IOException {
        var reference = Files.readString(ROOT.resolve("docs/errors.md"));
        var codes = Stream.of(Reason.values()).map(Reason::code).sorted().toList();
        assertEquals(codes, matches(CODE, reference, 1).stream().sorted().toList());
    }

    @Test
    void theReadmeQuotesWhatIsThere() throws IOException {
        var quotes = QUOTE.matcher(Files.readString(ROOT.resolve("README.md")))
                .results()
                .toList();
        assertEquals(
                List.of(
                        "oidc-samples/servlet/src/main/webapp/WEB-INF/web.xml",
                        "docs/guides/tomcat.md",
                        "docs/guides/jetty.md",
                        "docs/guides/wildfly.md"),
                quotes.stream().map(quote -> quote.group(1)).toList());
        assertQuoted(quotes);
    }

    @Test
    void theGuidesQuoteWhatIsThere() throws IOException {
        for (var document : documents()) {
            assertQuoted(QUOTE.matcher(Files.readString(document)).results().toList());
        }
        assertEquals(3, quotes("docs/guides/events.md"));
        assertEquals(4, quotes("docs/guides/jakarta-security.md"));
    }

    private static long quotes(String document) throws IOException {
        return QUOTE.matcher(Files.readString(ROOT.resolve(document))).results().count();
    }

    private static void assertQuoted(List<MatchResult> quotes) throws IOException {
        for (var quote : quotes) {
            assertQuoted(quote);
        }
    }

    @Test
    void theMigrationGuideQuotesNothingButWhatTheTestsDeploy() throws IOException {
        var guide = Files.readString(ROOT.resolve("docs/guides/migration.md"));
        var quotes = QUOTE.matcher(guide).results().toList();
        assertTrue(quotes.size() > 10, "quotes: " + quotes.size());
        assertEquals(matches(BLOCK, guide, 0).size(), quotes.size(), "blocks that say where they are from");
        for (var quote : quotes) {
            assertTrue(quote.group(1).startsWith("integration-tests/migration/"), quote.group(1));
            assertQuoted(quote);
        }
    }

    private static void assertQuoted(MatchResult quote) throws IOException {
        var quoted = unindented(quote.group(2));
        assertTrue(quoted.length() > 20, quoted);
        assertTrue(unindented(Files.readString(ROOT.resolve(quote.group(1)))).contains(quoted), quoted);
    }

    /** In lists of the guides code is further to the right. */
    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @Test
    void theVersionsOfTheReadmeAreThoseOfTheBuild() throws IOException {
        var readme = Files.readString(ROOT.resolve("README.md"));
        var build = Files.readString(ROOT.resolve("pom.xml"));
        for (var property : List.of("tomcat.version", "jetty.version")) {
            var version = matches(Pattern.compile("<" + property + ">([^<]+)<"), build, 1);
            assertEquals(1, version.size(), property);
            assertTrue(readme.contains(version.get(0)), property);
        }
    }

    /** The cells of each row of the tables that map sections to tests. */
    private static List<List<String>> rows() throws IOException {
        return Files.readString(ROOT.resolve("docs/specifications.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.endsWith("| Test |"))
                .map(line -> List.of(line.substring(2).split(" \\| ?", -1)))
                .toList();
    }

    private static List<Path> documents() throws IOException {
        try (var files = Files.walk(ROOT.resolve("docs"));
                var top = Files.list(ROOT)) {
            var documents = Stream.concat(files, top)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
            assertTrue(documents.size() > 10);
            return documents;
        }
    }

    private static List<String> matches(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .toList();
    }
}
