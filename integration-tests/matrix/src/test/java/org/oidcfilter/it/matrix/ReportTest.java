// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oidcfilter.it.matrix.Report.Outcome;
import org.oidcfilter.it.matrix.Report.TestCase;

class ReportTest {
    private static final String GOOD = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="a.FilterIT" tests="4" errors="1" skipped="1" failures="1">
              <properties>
                <property name="java.version" value="17"/>
                <property name="container.version" value="11.0.24"/>
              </properties>
              <testcase name="passes" classname="a.FilterIT" time="0.1"><system-out>failure</system-out></testcase>
              <testcase name="fails" classname="a.FilterIT"><failure message="no" type="x">trace</failure></testcase>
              <testcase name="breaks" classname="a.FilterIT"><error type="x">trace</error></testcase>
              <testcase name="isLeftOut" classname="a.FilterIT"><skipped message="why"/></testcase>
            </testsuite>
            """;
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsWhatBecameOfEachTest() throws IOException {
        Report report = Report.read(written("TEST-a.FilterIT.xml", GOOD));
        assertEquals(Optional.of("11.0.24"), report.version());
        assertEquals(
                List.of(
                        new TestCase("a.FilterIT", "passes", Outcome.PASSED),
                        new TestCase("a.FilterIT", "fails", Outcome.FAILED),
                        new TestCase("a.FilterIT", "breaks", Outcome.FAILED),
                        new TestCase("a.FilterIT", "isLeftOut", Outcome.SKIPPED)),
                report.tests());
    }

    @Test
    void aReportOfAnEarlierBuildDoesNotCount() throws IOException {
        Path old = written("TEST-a.FilterIT.xml", GOOD);
        Files.setLastModifiedTime(old, FileTime.from(START.minusSeconds(1)));
        assertEquals(List.of(), Report.in(folder, START));
        Files.setLastModifiedTime(old, FileTime.from(START));
        assertEquals(1, Report.in(folder, START).size());
    }

    @Test
    void otherFilesAndFoldersThatAreNotThereHoldNoReports() throws IOException {
        written("failsafe-summary.xml", "<failsafe-summary/>");
        written("a.FilterIT.txt", "text");
        assertEquals(List.of(), Report.in(folder, Instant.EPOCH));
        assertEquals(List.of(), Report.in(folder.resolve("none"), Instant.EPOCH));
    }

    @Test
    void aReportThatBreaksOffIsNamed() throws IOException {
        assertRefused(GOOD.substring(0, GOOD.length() / 2));
    }

    @Test
    void aReportThatHasFewerTestsThanItAnnouncesIsRefused() throws IOException {
        assertRefused(GOOD.replace("tests=\"4\"", "tests=\"5\""));
    }

    @Test
    void anotherDocumentIsRefused() throws IOException {
        assertRefused("<html tests=\"0\"/>");
        assertRefused("<!DOCTYPE testsuite><testsuite tests=\"0\"/>");
        assertRefused("");
    }

    private void assertRefused(String text) throws IOException {
        Path file = written("TEST-b.OtherIT.xml", text);
        IOException failure = assertThrows(IOException.class, () -> Report.read(file));
        assertTrue(String.valueOf(failure.getMessage()).contains("TEST-b.OtherIT.xml is no report"));
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
