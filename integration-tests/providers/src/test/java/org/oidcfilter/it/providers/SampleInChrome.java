// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.providers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.oidcfilter.it.process.Await;
import org.oidcfilter.it.process.Chrome;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** A tab of the real browser with the sample application in it. */
final class SampleInChrome {
    /** Answers "STATUS IAT" for each of several requests that the page sends at once. */
    private static final String ASK_IN_PARALLEL = """
            const done = arguments[arguments.length - 1];
            const ask = async () => {
              const answer = await fetch('/app/me', {headers: {Accept: 'application/json'}});
              return answer.status + ' ' + (answer.ok ? (await answer.json()).claims.iat : '');
            };
            Promise.all([ask(), ask(), ask(), ask()]).then(done, problem => done([String(problem)]));
            """;

    private final Chrome chrome;
    private final WebDriver driver;
    private final Sample sample;
    private final String tab;

    private SampleInChrome(Chrome chrome, Sample sample) {
        this.chrome = chrome;
        this.driver = chrome.driver();
        this.sample = sample;
        this.tab = driver.getWindowHandle();
    }

    /** Opens the page about the user in the current tab. */
    static SampleInChrome open(Chrome chrome, Sample sample) {
        chrome.driver().get(sample.at("/app/me").toString());
        return new SampleInChrome(chrome, sample);
    }

    /** Opens the page about the user in a new tab, to which the browser turns. */
    static SampleInChrome openInNewTab(Chrome chrome, Sample sample) {
        chrome.driver().switchTo().newWindow(WindowType.TAB);
        return open(chrome, sample);
    }

    /** The user types into Keycloak's login page. */
    void logInAtKeycloak(String user) {
        logIn(user, By.id("kc-login"));
    }

    /** The user types into the login page of {@link OidcProvider}. */
    void logInAtOidcProvider(String user) {
        logIn(user, By.xpath("//button[. = 'Log in']"));
    }

    private void logIn(String user, By button) {
        driver.findElement(By.name("username")).sendKeys(user);
        driver.findElement(By.name("password")).sendKeys(user + "-password");
        driver.findElement(button).click();
        awaitSignedIn();
    }

    void awaitSignedIn() {
        chrome.await().until(ExpectedConditions.urlToBe(sample.at("/app/me").toString()));
    }

    /** The user presses the application's own button. */
    void signOut() {
        driver.findElement(By.xpath("//button[. = 'Sign out']")).click();
    }

    /** The user reloads this tab and sees the provider's login page. */
    void assertSignedOut() {
        driver.switchTo().window(tab);
        driver.get(sample.at("/app/me").toString());
        chrome.await().until(ExpectedConditions.visibilityOfElementLocated(By.name("username")));
    }

    /**
     * Scripts of a page ask in parallel, again and again, and get answers from ever newer ID tokens. It is a page whose
     * policy allows scripts to ask.
     */
    void awaitTokensWhileScriptsAskInParallel(int number) throws Exception {
        var page = sample.at("/public/hello").toString();
        driver.get(page);
        Set<String> seen = new HashSet<>();
        Await.until(number + " ID tokens", () -> {
            for (var answer : (List<?>)
                    Objects.requireNonNull(((JavascriptExecutor) driver).executeAsyncScript(ASK_IN_PARALLEL))) {
                assertTrue(answer.toString().startsWith("200 "), answer.toString());
                seen.add(answer.toString());
            }
            return seen.size() >= number;
        });
        assertEquals(page, driver.getCurrentUrl(), "it was never left");
    }
}
