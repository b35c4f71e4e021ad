// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.Repository;

class WebFragmentTest {
    /** Jakarta Servlet 8.2.3: it is distributable only if all its fragments are. */
    @Test
    @Tag("CF-01")
    void doesNotKeepAnApplicationFromBeingDistributable() throws Exception {
        var file = Repository.root().resolve("oidc-filter/src/main/resources/META-INF/web-fragment.xml");
        var fragment = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertEquals(1, fragment.getElementsByTagName("distributable").getLength());
    }
}
