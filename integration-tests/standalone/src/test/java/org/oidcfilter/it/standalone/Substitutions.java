// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.standalone;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oidcfilter.it.process.FreePort;
import org.oidcfilter.it.process.Keycloak;

/**
 * All that the tests put in the place of what the guides say: the provider and its secret, names of hosts, and ports that
 * are free; Jetty and WildFly get those by properties of their own, from {@link Installation}. Several WARs beside each other
 * have a name each. Everything else is followed to the letter.
 *
 * @param http the port of the server's connector for http, 8080 in the guides
 * @param https the port of its connector for https, 8443 in the guides
 * @param proxy the port of the proxy, which is shop.example.com in the guides
 * @param environment what Jetty calls the version of Jakarta EE
 */
record Substitutions(URI issuer, int http, int https, int proxy, String environment) {
    static Substitutions at(Keycloak keycloak) throws IOException {
        return new Substitutions(keycloak.issuer(), FreePort.choose(), FreePort.choose(), FreePort.choose(), "ee11");
    }

    Substitutions environment(String other) {
        return new Substitutions(issuer, http, https, proxy, other);
    }

    String apply(String text) {
        String result = text;
        for (Map.Entry<String, String> value : values().entrySet()) {
            result = result.replace(value.getKey(), value.getValue());
        }
        return result;
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("https://id.example.com/realms/acme", issuer.toString());
        values.put("…", Keycloak.SHOP_SECRET);
        values.put("https://shop.example.com", "https://127.0.0.1:" + proxy);
        values.put("192\\.0\\.2\\.10", "127\\.0\\.0\\.1");
        values.put("port=\"8080\"", "address=\"127.0.0.1\" port=\"" + http + "\"");
        values.put("port=\"8443\"", "address=\"127.0.0.1\" port=\"" + https + "\"");
        values.put("ee11-", environment + "-");
        return values;
    }

    /** The root of an application, as the connector for http shows it. */
    URI plain(String context) {
        return URI.create("http://127.0.0.1:" + http + context);
    }

    /** The root of an application, as the connector for https shows it. */
    URI secure(String context) {
        return URI.create("https://127.0.0.1:" + https + context);
    }

    /** The root of an application, as the proxy shows it. */
    URI proxied(String context) {
        return URI.create("https://127.0.0.1:" + proxy + context);
    }
}
