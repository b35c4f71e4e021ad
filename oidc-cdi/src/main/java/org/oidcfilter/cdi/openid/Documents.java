// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Map;

/** JSON as Jakarta JSON Processing has it. */
final class Documents {
    private Documents() {}

    /** @throws IllegalStateException where there is only the API */
    static JsonObject of(Map<String, Object> members) {
        try (var reader = Json.createReader(new StringReader(org.oidcfilter.protocol.Json.write(members)))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new IllegalStateException(
                    "an implementation of Jakarta JSON Processing is needed, such as org.eclipse.parsson:parsson", e);
        }
    }
}
