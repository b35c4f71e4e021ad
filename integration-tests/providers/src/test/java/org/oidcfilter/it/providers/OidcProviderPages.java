// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import java.io.IOException;
import org.oidcfilter.it.process.Browser;
import org.oidcfilter.it.process.Page;

/** What a user does on the pages of the {@link OidcProvider}. Each method acts on the current page of the browser. */
final class OidcProviderPages {
    private static final String LOGIN_FORM = "form#login";
    private static final String LOGOUT_FORM = "form[id=op.logoutForm]";

    private final Browser browser;

    OidcProviderPages(Browser browser) {
        this.browser = browser;
    }

    /** Whether the login form is shown. */
    boolean asksForLogin() {
        return browser.page().has(LOGIN_FORM);
    }

    /** Logs in as alice or bob, whose passwords follow from their names. */
    Page logIn(String username) throws IOException, InterruptedException {
        return submit(username, username + "-password");
    }

    /** Types user name and password and submits. */
    Page submit(String username, String password) throws IOException, InterruptedException {
        return browser.submit(
                browser.page().form(LOGIN_FORM).with("username", username).with("password", password));
    }

    /** What the login form complains about; empty if nothing. */
    String complaint() {
        return browser.page().document().select("[role=alert]").text();
    }

    /** Whether the page asks if the user really wants to log out. */
    boolean asksToConfirmLogout() {
        return browser.page().has(LOGOUT_FORM);
    }

    Page confirmLogout() throws IOException, InterruptedException {
        return browser.submit(browser.page().form(LOGOUT_FORM).with("logout", "yes"));
    }
}
