// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.ServletSecurity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What the application has its container ask for, in descriptors and annotations (Servlet 13.8): a caller with roles. Containers
 * do that before any filter and know nobody who has logged in at ours. The operator is told when the filter starts.
 */
final class ContainerConstraints {
    private static final String ROLES = "auth-constraint";
    private static final int MOST_NAMED = 5;

    private final ServletContext context;
    private final ServletClasses classes;

    ContainerConstraints(ServletContext context) {
        this.context = context;
        this.classes = new ServletClasses(context);
    }

    /** A sentence for the operator, if there are such constraints. */
    Optional<String> warning() {
        var where = Stream.concat(declared(), annotated()).distinct().toList();
        return where.isEmpty()
                ? Optional.empty()
                : Optional.of("the container itself demands roles for "
                        + String.join(", ", where.subList(0, Math.min(MOST_NAMED, where.size())))
                        + (where.size() > MOST_NAMED ? " and more" : "")
                        + ": where this filter is mapped, too, the container asks first, knows nobody who logs in here, and"
                        + " answers 401 or 403 or with a login of its own. There, first say the same by oidc.path-rules or"
                        + " @RolesAllowed on the servlet, then remove <auth-constraint> or @ServletSecurity");
    }

    private Stream<String> declared() {
        return descriptors().stream()
                .filter(xml ->
                        new String(xml, StandardCharsets.ISO_8859_1).contains(ROLES)) // XML parsers take long to start
                .flatMap(ContainerConstraints::patterns);
    }

    private List<byte[]> descriptors() {
        var all = new ArrayList<byte[]>();
        try {
            var descriptor = context.getResourceAsStream("/WEB-INF/web.xml");
            if (descriptor != null) {
                all.add(bytes(descriptor));
            }
            for (var fragment : classes.resources("META-INF/web-fragment.xml").toList()) {
                all.add(bytes(fragment.openStream()));
            }
        } catch (IOException e) {
            return all; // the container reads them, too, and says so
        }
        return all;
    }

    private static byte[] bytes(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }

    private static Stream<String> patterns(byte[] descriptor) {
        return constraints(descriptor)
                .filter(constraint -> elements(constraint, ROLES)
                        .anyMatch(
                                roles -> elements(roles, "role-name").findAny().isPresent()))
                .flatMap(constraint -> elements(constraint, "url-pattern"))
                .map(pattern -> pattern.getTextContent().strip());
    }

    private static Stream<Element> constraints(byte[] descriptor) {
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // unlike none it prints nothing
            var document = builder.parse(new ByteArrayInputStream(descriptor));
            return elements(document.getDocumentElement(), "security-constraint");
        } catch (ParserConfigurationException | SAXException | IOException e) {
            return Stream.empty(); // the container reads it, too, and says so
        }
    }

    private static Stream<Element> elements(Element parent, String name) {
        var found = parent.getElementsByTagNameNS("*", name);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }

    private Stream<String> annotated() {
        return context.getServletRegistrations().values().stream()
                .flatMap(servlet -> ServletClasses.name(servlet).stream())
                .filter(name -> classes.load(name)
                        .map(type -> type.getAnnotation(ServletSecurity.class))
                        .filter(ContainerConstraints::demandsRoles)
                        .isPresent());
    }

    private static boolean demandsRoles(ServletSecurity security) {
        return security.value().rolesAllowed().length > 0
                || Stream.of(security.httpMethodConstraints()).anyMatch(method -> method.rolesAllowed().length > 0);
    }
}
