// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.io.IOException;

/** What a user does on Keycloak's own pages. Each method acts on the current page of the browser. */
public final class KeycloakPages {
    private static final String LOGIN_FORM = "form#kc-form-login";
    private static final String LOGOUT_FORM = "form.form-actions";

    private final Browser browser;

    public KeycloakPages(Browser browser) {
        this.browser = browser;
    }

    /** Whether the login form is shown. */
    public boolean asksForLogin() {
        return browser.page().has(LOGIN_FORM);
    }

    /** Logs in as one of the realm's users, whose passwords follow from their names. */
    public Page logIn(String username) throws IOException, InterruptedException {
        return submit(username, username + "-password");
    }

    /** Types user name and password and submits. */
    public Page submit(String username, String password) throws IOException, InterruptedException {
        return browser.submit(
                browser.page().form(LOGIN_FORM).with("username", username).with("password", password));
    }

    /** What the login form complains about; empty if nothing. */
    public String complaint() {
        return browser.page().document().select("#input-error-username, #input-error").eachText().stream()
                .findFirst()
                .orElse("");
    }

    /** Whether the page asks if the user really wants to log out. */
    public boolean asksToConfirmLogout() {
        return browser.page().has(LOGOUT_FORM + " [name=confirmLogout]");
    }

    public Page confirmLogout() throws IOException, InterruptedException {
        return browser.submit(browser.page().form(LOGOUT_FORM).with("confirmLogout", "Logout"));
    }
}
