// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a run of one test class came to, as Failsafe reports it.
 *
 * @param version the version of the container, from the system property {@code container.version} of the run
 */
record Report(Optional<String> version, List<TestCase> tests) {

    /** What became of a test. */
    enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    /** One run of a test method. */
    record TestCase(String className, String name, Outcome outcome) {}

    Report {
        tests = List.copyOf(tests);
    }

    /** The reports in a folder that have been written since then; what an earlier build left there does not count. */
    static List<Report> in(Path folder, Instant since) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Report> reports = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Report::isReport).sorted().toList()) {
                if (!Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    reports.add(read(file));
                }
            }
        }
        return reports;
    }

    private static boolean isReport(Path file) {
        return file.getFileName().toString().matches("TEST-.*\\.xml");
    }

    /** Reads one report; whatever is none fails with its name. */
    static Report read(Path file) throws IOException {
        Element suite;
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            suite = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is no report: " + e.getMessage(), e);
        }
        List<TestCase> tests = elements(suite.getElementsByTagName("testcase"))
                .map(Report::test)
                .toList();
        String announced = suite.getAttribute("tests");
        if (!suite.getTagName().equals("testsuite") || !announced.equals(Integer.toString(tests.size()))) {
            throw new IOException(file + " is no report: it announces " + announced + " tests and has " + tests.size());
        }
        Optional<String> version = elements(suite.getElementsByTagName("property"))
                .filter(property -> property.getAttribute("name").equals("container.version"))
                .map(property -> property.getAttribute("value"))
                .findFirst();
        return new Report(version, tests);
    }

    private static TestCase test(Element element) {
        boolean failed = has(element, "failure") || has(element, "error");
        Outcome outcome = failed ? Outcome.FAILED : has(element, "skipped") ? Outcome.SKIPPED : Outcome.PASSED;
        return new TestCase(element.getAttribute("classname"), element.getAttribute("name"), outcome);
    }

    private static boolean has(Element element, String child) {
        return element.getElementsByTagName(child).getLength() > 0;
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }
}
