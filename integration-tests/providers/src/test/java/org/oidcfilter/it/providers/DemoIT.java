// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.oidcfilter.it.process.Chrome;
import org.oidcfilter.it.process.ChromeExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** The README's first command in a real browser. */
@ExtendWith(ChromeExtension.class)
class DemoIT {
    @Test
    void aPersonSignsInSeesWhoTheyAreAndSignsOut(Chrome chrome) throws Exception {
        try (var demo = Sample.start("demo", "localhost", Map.of())) {
            var driver = chrome.driver();
            driver.get(demo.at("/").toString());
            chrome.screenshot("start");
            driver.findElement(By.linkText("Sign in")).click();
            choose(chrome, "Alice Adams");
            chrome.await().until(ExpectedConditions.urlToBe(demo.at("/app/me").toString()));
            chrome.screenshot("me");
            assertTrue(text(driver).contains("alice"), text(driver));
            assertTrue(text(driver).contains("admin, user"), text(driver));
            driver.get(demo.at("/app/admin").toString());
            assertEquals("Administration", driver.getTitle());
            driver.get(demo.at("/public/hello").toString());
            assertEquals("alice: admin,user", facts(chrome));

            driver.get(demo.at("/app/me").toString());
            button(chrome, "Sign out");
            chrome.await().until(ExpectedConditions.urlToBe(demo.at("/").toString()));
            assertTrue(text(driver).contains("You are not signed in."), text(driver));
            driver.get(demo.at("/app/me").toString());
            assertTrue(text(driver).contains("Choose who to be"), "signed out at the provider, too");
        }
    }

    @Test
    void twoTabsLogInAtTheSameTime(Chrome chrome) throws Exception {
        try (var demo = Sample.start("demo-tabs", "localhost", Map.of())) {
            var driver = chrome.driver();
            driver.get(demo.at("/app/me?tab=1").toString());
            var first = driver.getWindowHandle();
            driver.switchTo().newWindow(WindowType.TAB);
            driver.get(demo.at("/app/me?tab=2").toString());
            choose(chrome, "Bob Brown");
            chrome.await()
                    .until(ExpectedConditions.urlToBe(demo.at("/app/me?tab=2").toString()));
            driver.switchTo().window(first);
            choose(chrome, "Bob Brown");
            chrome.await()
                    .until(ExpectedConditions.urlToBe(demo.at("/app/me?tab=1").toString()));
            assertTrue(text(driver).contains("bob"));
        }
    }

    @Test
    void whoLacksARoleAndWhoIsRefusedSeeAPage(Chrome chrome) throws Exception {
        try (var demo = Sample.start("demo-pages", "localhost", Map.of())) {
            var driver = chrome.driver();
            driver.get(demo.at("/app/admin").toString());
            button(chrome, "Deny access");
            chrome.await().until(ExpectedConditions.titleIs("Signing in did not work"));
            chrome.screenshot("refused");
            assertTrue(text(driver).contains("login_refused"), text(driver));
            driver.findElement(By.linkText("Try again")).click();
            choose(chrome, "Bob Brown");
            chrome.await().until(ExpectedConditions.titleIs("Not allowed"));
            assertEquals(demo.at("/app/admin").toString(), driver.getCurrentUrl());
            chrome.screenshot("forbidden");
        }
    }

    @Test
    void aScriptOfThePageGets401AndNoRedirect(Chrome chrome) throws Exception {
        try (var demo = Sample.start("demo-script", "localhost", Map.of())) {
            chrome.driver().get(demo.at("/public/hello").toString());
            assertEquals(401L, status(chrome, "/app/me"));
            assertEquals(0, chrome.driver().manage().getCookies().size());
        }
    }

    @Test
    void aResponsePostedAcrossSitesEndsInASession(Chrome chrome) throws Exception {
        var settings = Map.of("OIDC_RESPONSE_MODE", "form_post");
        try (var demo = Sample.start("demo-form-post", "localhost", settings)) {
            var driver = chrome.driver();
            driver.get(demo.at("/app/me?x=1").toString());
            assertTrue(Objects.requireNonNull(driver.getCurrentUrl()).startsWith("http://127.0.0.1:"), "another site");
            choose(chrome, "Alice Adams");
            chrome.await()
                    .until(ExpectedConditions.urlToBe(demo.at("/app/me?x=1").toString()));
            assertTrue(text(driver).contains("alice"), text(driver));
            driver.get(demo.at("/app/me").toString());
            assertEquals(demo.at("/app/me").toString(), driver.getCurrentUrl());
        }
    }

    @Test
    void aLogoutThatAnotherSiteStartsIsAskedFirst(Chrome chrome) throws Exception {
        try (var demo = Sample.start("demo-logout", "localhost", Map.of())) {
            var driver = chrome.driver();
            driver.get(demo.at("/app/me").toString());
            choose(chrome, "Alice Adams");
            chrome.await().until(ExpectedConditions.urlToBe(demo.at("/app/me").toString()));
            driver.get(demo.at("/oidc/logout").toString()); // typed, not linked from the application
            chrome.screenshot("confirm-logout");
            assertTrue(text(driver).contains("Do you want to sign out?"), text(driver));
            button(chrome, "Sign out");
            chrome.await().until(ExpectedConditions.urlToBe(demo.at("/").toString()));
            assertTrue(text(driver).contains("You are not signed in."));
        }
    }

    private static void choose(Chrome chrome, String name) {
        var user = By.xpath("//button[contains(., '" + name + "')]");
        chrome.await().until(ExpectedConditions.elementToBeClickable(user)).click();
    }

    private static void button(Chrome chrome, String label) {
        choose(chrome, label);
    }

    private static String text(WebDriver driver) {
        return driver.findElement(By.tagName("body")).getText();
    }

    private static Object facts(Chrome chrome) {
        var script = "const done = arguments[arguments.length - 1];"
                + "fetch('/app/me', {headers: {Accept: 'application/json'}}).then(response => response.json())"
                + ".then(me => done(me.name + ': ' + me.roles.join(',')));";
        return Objects.requireNonNull(((JavascriptExecutor) chrome.driver()).executeAsyncScript(script));
    }

    private static Object status(Chrome chrome, String path) {
        var script = "const done = arguments[arguments.length - 1];"
                + "fetch(arguments[0], {redirect: 'manual'}).then(response => done(response.status));";
        return Objects.requireNonNull(((JavascriptExecutor) chrome.driver()).executeAsyncScript(script, path));
    }
}
