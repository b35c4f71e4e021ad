// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to happen to a request. */
public sealed interface Outcome {
    /** Response headers to set. */
    Map<String, String> headers();

    /** Cookies to set. */
    List<SetCookie> cookies();

    /**
     * Let the application answer.
     *
     * @param caller who asks; empty for an anonymous request to a public page
     * @param headers response headers to set before the application runs, which may overrule them
     * @param cookies cookies to set
     */
    record Proceed(Optional<Caller> caller, Map<String, String> headers, List<SetCookie> cookies) implements Outcome {
        public Proceed {
            headers = Map.copyOf(headers);
            cookies = List.copyOf(cookies);
        }
    }

    /**
     * Answer at once; the application does not see the request.
     *
     * @param status the HTTP status
     * @param headers response headers, {@code Content-Type} included where there is a body
     * @param cookies cookies to set
     * @param body the body, empty for none
     */
    record Reply(int status, Map<String, String> headers, List<SetCookie> cookies, String body) implements Outcome {
        public Reply {
            headers = Map.copyOf(headers);
            cookies = List.copyOf(cookies);
        }

        /** The status and the names of headers: addresses, cookies and pages hold tokens and personal data. */
        @Override
        public String toString() {
            return "Reply[" + status + ", " + headers.keySet() + "]";
        }
    }
}
