// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.oidcfilter.it.standalone.Guide.Block;

/** What the reader of the guides makes of them. */
class GuideTest {
    private final Guide guide = Guide.parse("""
                    # A server

                    It reads `conf/other.xml`. In `conf/server.xml` inside
                    `<Host>`:

                    ```xml
                    <Valve/>
                    ```

                    1. A list:

                       ```sh
                       run
                         it
                       ```

                    ## More

                    ```sh
                    run
                    ```
                    """);

    @Test
    void aBlockGoesWhereTheSentenceBeforeItSays() {
        Block valve = guide.block("A server", "<Valve/>");
        assertEquals("conf/server.xml", valve.file());
        assertEquals("Host", valve.element());
        assertTrue(valve.isPartOfXml());
        assertThrows(AssertionError.class, guide.block("More", "run")::file);
    }

    @Test
    void aBlockInAListHasNotTheIndentOfTheList() {
        assertEquals("run\n  it\n", guide.block("A server", "run").text());
    }

    @Test
    void whatNobodyFollowedIsReported() {
        guide.block("A server", "<Valve/>");
        guide.block("More", "run");
        assertEquals(
                List.of("run\n  it\n"),
                guide.ignored().stream().map(Block::text).toList());
    }

    @Test
    void aBlockIsFollowedOnlyIfItIsTheOneThatIsMeant() {
        assertThrows(AssertionError.class, () -> guide.block("More", "<Valve/>"));
        assertThrows(AssertionError.class, () -> guide.block("A server", ""));
    }
}
