// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.config;

/** What settings are about: the headings of the configuration reference. */
public enum SettingGroup {
    PROVIDER("Provider and client"),
    ADDRESSES("Addresses of the application"),
    ACCESS("Access, roles and names"),
    LOGIN("Login"),
    TOKENS("Tokens and keys"),
    SESSION("Session"),
    CLUSTER("Several nodes"),
    ENDPOINTS("Endpoints of the provider");

    private final String title;

    SettingGroup(String title) {
        this.title = title;
    }

    /** The heading. */
    public String title() {
        return title;
    }
}
