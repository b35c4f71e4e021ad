// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Chrome;
import org.oidcfilter.it.process.ChromeExtension;
import org.oidcfilter.it.process.Keycloak;
import org.oidcfilter.it.process.KeycloakExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** The real browser works: it opens pages, types, keeps cookies and shows what it sees. */
@ExtendWith({ChromeExtension.class, KeycloakExtension.class})
class ChromeIT {
    @Test
    void opensAPageOfALocalServer(Chrome chrome) throws Exception {
        try (PageServer server = new PageServer()) {
            server.page("/", "<title>Hello, Chromium</title><h1>Hello</h1>");

            chrome.driver().get(server.at("/").toString());

            assertEquals("Hello, Chromium", chrome.driver().getTitle());
            Path image = chrome.screenshot("hello");
            byte[] pngSignature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
            assertArrayEquals(pngSignature, Arrays.copyOf(Files.readAllBytes(image), 8));
        }
    }

    @Test
    void logsInOnTheRealLoginPage(Chrome chrome, Keycloak keycloak) throws Exception {
        try (PageServer server = new PageServer()) {
            server.page("/callback", "<title>Back</title>");
            keycloak.admin().setRedirectUris("shop", server.at("/callback").toString());
            CodeFlow flow = CodeFlow.with(
                    new CodeFlow.Registration(keycloak.issuer(), "shop", Keycloak.SHOP_SECRET, server.at("/callback")));
            WebDriver driver = chrome.driver();

            driver.get(flow.authenticationRequest().toString());
            chrome.screenshot("keycloak-login");
            driver.findElement(By.id("username")).sendKeys("bob");
            driver.findElement(By.id("password")).sendKeys("bob-password");
            driver.findElement(By.id("kc-login")).click();

            chrome.await().until(ExpectedConditions.titleIs("Back"));
            URI response = URI.create(String.valueOf(driver.getCurrentUrl()));
            assertEquals("/callback", response.getPath());
            assertEquals("bob", flow.idToken(flow.tokens(response)).getClaimValueAsString("preferred_username"));
        }
    }
}
