// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.definition;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the definition refers to by expressions. */
@Named("openid")
@ApplicationScoped
public class OpenIdSettings {
    private final Properties values = new Properties();

    public OpenIdSettings() {
        try (var in = OpenIdSettings.class.getResourceAsStream("/openid.properties")) {
            values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String getProvider() {
        return values.getProperty("provider");
    }

    public String getClientId() {
        return values.getProperty("clientId");
    }

    public String getClientSecret() {
        return values.getProperty("clientSecret");
    }

    /** May refer to the base once more. */
    public String getRedirect() {
        return values.getProperty("redirect");
    }

    public boolean isToOriginal() {
        return Boolean.parseBoolean(values.getProperty("toOriginal"));
    }
}
