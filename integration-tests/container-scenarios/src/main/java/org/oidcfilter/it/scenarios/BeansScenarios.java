// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What a web application with beans does without the filter. */
public interface BeansScenarios {

    /** The root of the deployed web application. */
    URI application();

    @Test
    default void injectsBeansIntoServlets() {
        Page page = new Browser().open(application().resolve("public/greeting"));

        assertEquals(200, page.status());
        assertEquals("hello stranger", page.line("greeting"));
    }
}
