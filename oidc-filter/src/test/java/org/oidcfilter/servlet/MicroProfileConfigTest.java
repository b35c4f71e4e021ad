// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigBuilder;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oidcfilter.ConfigurationException;

class MicroProfileConfigTest {
    private static final String SETTING = "oidc.container-security";

    private final ConfigProviderResolver present = ConfigProviderResolver.instance();
    private final ClassLoader usual = Thread.currentThread().getContextClassLoader();

    private final Path folder;

    MicroProfileConfigTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void forget() {
        ConfigProviderResolver.setInstance(present);
        Thread.currentThread().setContextClassLoader(usual);
        System.clearProperty(SETTING);
    }

    @Test
    void whatIsSetIsAskedFor() {
        assertFalse(MicroProfileConfig.asksForContainerSecurity());
        System.setProperty(SETTING, "true");
        assertTrue(MicroProfileConfig.asksForContainerSecurity());
    }

    /** An application without one of the libraries. */
    private Object without(String library, Class<?> type, String method, Object... arguments) throws Exception {
        var urls = new ArrayList<URL>();
        urls.add(folder.toUri().toURL());
        for (var entry : classPath()) {
            if (!entry.getName().contains(library)) {
                urls.add(entry.toURI().toURL());
            }
        }
        try (var loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            var asked = loader.loadClass(type.getName())
                    .getDeclaredMethod(
                            method,
                            Collections.nCopies(arguments.length, Map.class).toArray(Class<?>[]::new));
            asked.setAccessible(true);
            return asked.invoke(null, arguments);
        }
    }

    private static File[] classPath() throws MalformedURLException {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var names = path.split(File.pathSeparator, -1);
        var files = new File[names.length];
        for (int i = 0; i < names.length; i++) {
            files[i] = new File(names[i]);
        }
        return files;
    }

    @ParameterizedTest
    @CsvSource({"true, true", "yes, true", "nonsense, true", "False, false", "'', false", "' ', false"})
    void whatTheEnvironmentAsksForIsHeardWhereMicroProfileConfigIsMissing(String value, boolean asked)
            throws Exception {
        assertEquals(false, without("smallrye-config", ContainerSecurity.class, "isAskedFor"));
        System.setProperty(SETTING, value);
        assertEquals(asked, without("smallrye-config", ContainerSecurity.class, "isAskedFor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"smallrye-config", "microprofile-config-api", "jboss-logging"})
    void whatAFileAsksForIsHeardWhereALibraryIsMissing(String library) throws Exception {
        asksInAFile("true");
        assertEquals(true, without(library, ContainerSecurity.class, "isAskedFor"));
        asksInAFile("false");
        assertEquals(false, without(library, ContainerSecurity.class, "isAskedFor"));
    }

    private void asksInAFile(String value) throws IOException {
        var file = folder.resolve("META-INF").resolve("microprofile-config.properties");
        Files.createDirectories(folder.resolve("META-INF"));
        Files.writeString(file, SETTING + "=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"smallrye-config", "jboss-logging"})
    void saysWhatIsMissing(String library) {
        var failure = assertThrows(
                InvocationTargetException.class,
                () -> without(library, MicroProfileConfig.class, "load", Map.of(), Map.of()));
        var cause = String.valueOf(failure.getCause());
        assertTrue(
                cause.startsWith(ConfigurationException.class.getName()) && cause.contains("smallrye-config"), cause);
    }

    @Test
    void whatIsWrongWithAnImplementationThatIsThereIsNotHidden() {
        ConfigProviderResolver.setInstance(new Broken());
        assertThrows(IllegalStateException.class, MicroProfileConfig::asksForContainerSecurity);
        var failure = assertThrows(RuntimeException.class, () -> MicroProfileConfig.load(Map.of(), Map.of()));
        assertInstanceOf(IllegalStateException.class, failure);
    }

    private static final class Broken extends ConfigProviderResolver {
        @Override
        public Config getConfig() {
            throw new IllegalStateException("a source cannot be read");
        }

        @Override
        public Config getConfig(ClassLoader loader) {
            return getConfig();
        }

        @Override
        public ConfigBuilder getBuilder() {
            throw new IllegalStateException();
        }

        @Override
        public void registerConfig(Config config, ClassLoader loader) {}

        @Override
        public void releaseConfig(Config config) {}
    }
}
