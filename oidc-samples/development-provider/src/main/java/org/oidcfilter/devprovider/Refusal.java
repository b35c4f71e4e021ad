// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that the provider refuses, in the words of RFC 6749 sections 4.1.2.1 and 5.2. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    /** Refuses with an error code and a description that tells the developer what to change. */
    Refusal(String error, String description) {
        super(description);
        this.error = error;
    }

    String error() {
        return error;
    }

    Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("error", error);
        parameters.put("error_description", String.valueOf(getMessage()));
        return parameters;
    }

    /** The answer to a client's server. */
    Reply reply() {
        Reply reply = Reply.json(400, parameters()).notStored();
        return error.equals("invalid_client")
                ? reply.status(401).header("WWW-Authenticate", "Basic realm=\"development provider\"")
                : reply;
    }
}
