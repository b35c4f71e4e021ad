// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;

/** The end of a logout, where the browser tells the clients (OpenID Connect Front-Channel Logout section 3). */
final class LoggedOutPage {
    /** A window has loaded when its frames have. */
    private static final String CONTINUE =
            "addEventListener('load', () => location.replace(document.querySelector('a').href));";

    private LoggedOutPage() {}

    /**
     * Shows the page.
     *
     * @param frames what to load
     * @param next where to go when all is loaded
     */
    static Reply show(List<String> frames, Optional<String> next) {
        String way =
                next.map(uri -> """
                <p><a href="%s">Continue</a></p>
                <script>%s</script>""".formatted(Page.escape(uri), CONTINUE)).orElse("<p>You can close this page.</p>");
        String content = frames.stream()
                .map(uri -> "<iframe src=\"" + Page.escape(uri) + "\" hidden></iframe>")
                .collect(joining("\n", "<h1>You are logged out</h1>\n" + way + "\n", ""));
        return Page.of(
                200, "Logged out", content, "; frame-src http: https:; script-src '" + Page.hash(CONTINUE) + "'");
    }
}
