// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Connection;
import org.jsoup.nodes.FormElement;

/** An HTML form with the values it would be sent with. */
public record Form(URI action, String method, Map<String, String> fields) {
    public Form {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Form of(FormElement element) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Connection.KeyVal field : element.formData()) {
            fields.put(field.key(), field.value());
        }
        String action = element.hasAttr("action") ? element.absUrl("action") : element.baseUri();
        String method = element.attr("method").toUpperCase(Locale.ROOT);
        return new Form(URI.create(action), method.isEmpty() ? "GET" : method, fields);
    }

    /** The same form with a field typed in, or a named button pressed. */
    public Form with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new Form(action, method, changed);
    }

    /** The fields as {@code application/x-www-form-urlencoded}. */
    public String encoded() {
        return encode(fields);
    }

    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
