// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The deployment descriptor of the {@link TestWar}: filters or constraints, a hardened session cookie and the error pages. */
public record WebXml(List<Filter> filters, List<String> trackingModes, boolean distributable, boolean constrained) {
    /** All that {@code web.xml} can ask for. The pages of the relying party are covered by the first, too. */
    private static final String CONSTRAINTS = """
              <deny-uncovered-http-methods/>
              <servlet>
                <servlet-name>alias</servlet-name>
                <servlet-class>org.oidcfilter.it.constrained.Alias</servlet-class>
                <security-role-ref>
                  <role-name>boss</role-name>
                  <role-link>admin</role-link>
                </security-role-ref>
              </servlet>
              <servlet-mapping>
                <servlet-name>alias</servlet-name>
                <url-pattern>/alias</url-pattern>
              </servlet-mapping>
            %s%s%s%s%s%s%s  <security-role>
                <role-name>clerk</role-name>
              </security-role>
              <security-role>
                <role-name>admin</role-name>
              </security-role>
              <security-role>
                <role-name>user</role-name>
              </security-role>
            """.formatted(
                    constraint("everything", List.of("/*"), "", "**"),
                    constraint("public", List.of("/public/*", "/open"), "", null),
                    constraint("reports", List.of("/reports/*"), "", "admin"),
                    constraint("clerks", List.of("/clerks/*"), "", "clerk"),
                    constraint("nobody", List.of("/nobody/*"), "", ""),
                    constraint("reading", List.of("/methods"), "GET", "**"),
                    constraint("writing", List.of("/methods"), "POST", "admin"));

    /** One filter and its mapping. */
    public record Filter(String name, String urlPattern, Map<String, String> initParams) {
        public Filter {
            initParams = Map.copyOf(initParams);
        }

        private String text() {
            return """
                      <filter>
                        <filter-name>%1$s</filter-name>
                        <filter-class>org.oidcfilter.servlet.OidcFilter</filter-class>
                        <async-supported>true</async-supported>
                    %3$s  </filter>
                      <filter-mapping>
                        <filter-name>%1$s</filter-name>
                        <url-pattern>%2$s</url-pattern>
                        <dispatcher>REQUEST</dispatcher>
                        <dispatcher>ASYNC</dispatcher>
                        <dispatcher>ERROR</dispatcher>
                      </filter-mapping>
                    """.formatted(name, urlPattern, initParamsText());
        }

        private String initParamsText() {
            return new TreeMap<>(initParams)
                    .entrySet().stream()
                            .map(param -> """
                                        <init-param>
                                          <param-name>%s</param-name>
                                          <param-value>%s</param-value>
                                        </init-param>
                                    """.formatted(param.getKey(), escaped(param.getValue())))
                            .collect(Collectors.joining());
        }
    }

    public WebXml {
        filters = List.copyOf(filters);
        trackingModes = List.copyOf(trackingModes);
    }

    static WebXml withoutFilter() {
        return new WebXml(List.of(), List.of("COOKIE"), false, false);
    }

    /** @param role empty for nobody, null for everybody */
    private static String constraint(String name, List<String> patterns, String method, @Nullable String role) {
        String lines = patterns.stream()
                .map(pattern -> "      <url-pattern>" + pattern + "</url-pattern>\n")
                .collect(Collectors.joining());
        String methods = method.isEmpty() ? "" : "      <http-method>" + method + "</http-method>\n";
        String roles = role == null || role.isEmpty() ? "" : "<role-name>" + role + "</role-name>";
        return "  <security-constraint>\n    <web-resource-collection>\n      <web-resource-name>" + name
                + "</web-resource-name>\n" + lines + methods + "    </web-resource-collection>\n"
                + (role == null ? "" : "    <auth-constraint>" + roles + "</auth-constraint>\n")
                + "  </security-constraint>\n";
    }

    WebXml and(Filter filter) {
        return new WebXml(
                Stream.concat(filters.stream(), Stream.of(filter)).toList(), trackingModes, distributable, constrained);
    }

    WebXml sessionsByUrlToo() {
        return new WebXml(filters, List.of("COOKIE", "URL"), distributable, constrained);
    }

    WebXml forSeveralNodes() {
        return new WebXml(filters, trackingModes, true, constrained);
    }

    WebXml withConstraints() {
        return new WebXml(filters, trackingModes, distributable, true);
    }

    String text() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                         xsi:schemaLocation="https://jakarta.ee/xml/ns/jakartaee https://jakarta.ee/xml/ns/jakartaee/web-app_6_0.xsd"
                         version="6.0">
                %s%s%s  <session-config>
                    <session-timeout>30</session-timeout>
                    <cookie-config>
                      <http-only>true</http-only>
                      <attribute>
                        <attribute-name>SameSite</attribute-name>
                        <attribute-value>Lax</attribute-value>
                      </attribute>
                    </cookie-config>
                %s  </session-config>
                  <error-page>
                    <error-code>404</error-code>
                    <location>/error</location>
                  </error-page>
                  <error-page>
                    <exception-type>java.lang.Throwable</exception-type>
                    <location>/error</location>
                  </error-page>
                </web-app>
                """.formatted(
                        distributable ? "  <distributable/>\n" : "",
                        filters.stream().map(Filter::text).collect(Collectors.joining()),
                        constrained ? CONSTRAINTS : "",
                        trackingModesText());
    }

    private String trackingModesText() {
        return trackingModes.stream()
                .map(mode -> "    <tracking-mode>" + mode + "</tracking-mode>\n")
                .collect(Collectors.joining());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
