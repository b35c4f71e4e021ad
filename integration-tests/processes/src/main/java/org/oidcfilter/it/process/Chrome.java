// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Debian's Chromium without a window and with an empty profile, driven through Debian's chromedriver. Starting the driver
 * ourselves keeps Selenium from looking for one on the network, and lets all processes end with {@link #close()}.
 */
public final class Chrome implements AutoCloseable {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox", // root in a container has no user namespaces
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,900");

    private final ServerProcess process;
    private final RemoteWebDriver driver;
    private final Path profile;

    private Chrome(ServerProcess process, RemoteWebDriver driver, Path profile) {
        this.process = process;
        this.driver = driver;
        this.profile = profile;
    }

    public static ConditionEvaluationResult prerequisite() {
        return Prerequisite.require(
                Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "The Debian packages chromium and chromium-driver are needed: no " + BROWSER + " or " + DRIVER);
    }

    public static Chrome launch() throws IOException, InterruptedException {
        int port = FreePort.choose();
        Path folder = Files.createDirectories(Path.of("target", "chrome").toAbsolutePath());
        Path profile = Files.createTempDirectory(folder, "profile");
        ServerProcess process = ServerProcess.start(
                new ProcessBuilder(DRIVER.toString(), "--port=" + port), Path.of("target", "chromedriver.log"));
        try {
            URI address = URI.create("http://127.0.0.1:" + port);
            process.awaitReady(address.resolve("/status"), "\"ready\":true", Duration.ofMinutes(1));
            RemoteWebDriver driver = new RemoteWebDriver(address.toURL(), options(profile));
            driver.manage().timeouts().pageLoadTimeout(Duration.ofMinutes(1));
            return new Chrome(process, driver, profile);
        } catch (IOException | InterruptedException | WebDriverException e) {
            process.close();
            throw e;
        }
    }

    private static ChromeOptions options(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(ARGUMENTS);
        options.addArguments("--user-data-dir=" + profile);
        return options;
    }

    public WebDriver driver() {
        return driver;
    }

    /** Waits for a condition, half a minute at most: a click returns before the next page is there. */
    public WebDriverWait await() {
        return new WebDriverWait(driver, Duration.ofSeconds(30));
    }

    /** Saves what is visible as {@code target/screenshots/NAME.png}. */
    public Path screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        return Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() throws IOException {
        try {
            driver.quit();
        } catch (WebDriverException alreadyGone) {
            // Then only the processes are left to end.
        } finally {
            process.close();
        }
        Folder.delete(profile);
    }
}
