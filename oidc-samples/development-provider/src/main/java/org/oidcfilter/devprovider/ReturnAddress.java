// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how the answer to an authentication request goes.
 *
 * @param client who asked
 * @param redirectUri the registered URI
 * @param formPost whether the answer is posted by the browser (OAuth 2.0 Form Post Response Mode)
 * @param state the value to hand back
 */
record ReturnAddress(
        Client client,
        String redirectUri,
        boolean formPost,
        @Nullable String state) {
    /** Answers with these parameters, our issuer (RFC 9207) and the state. */
    Reply answer(Map<String, String> parameters, String issuer) {
        var all = new LinkedHashMap<>(parameters);
        if (state != null) {
            all.put("state", state);
        }
        all.put("iss", issuer);
        Reply reply = formPost ? Page.autoSubmit(redirectUri, all) : Reply.redirect(Form.append(redirectUri, all));
        return reply.notStored();
    }

    /** The client only. */
    @Override
    public String toString() {
        return "ReturnAddress[" + client + "]";
    }
}
