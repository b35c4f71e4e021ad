// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.oidcfilter.rp.PlainBrowser.location;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jose4j.jwe.JsonWebEncryption;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oidcfilter.ConfigurationException;
import org.oidcfilter.Reason;
import org.oidcfilter.Repository;
import org.oidcfilter.config.Setting;

/** Group CF of docs/attacks.md: what is stored, configured and depended on. */
class LifeCycleTest {
    private static final PlainRequest PAGE = PlainRequest.get("/page");

    /** Does something when it is deserialized. */
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger RAN = new AtomicInteger();

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            RAN.incrementAndGet();
        }
    }

    @Test
    @Tag("CF-02")
    void nothingThatABrowserSendsIsDeserialized() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Gadget());
        }
        try (var attack = LoginAttack.standard()) {
            var honest = attack.callback();
            var name = attack.browser.cookies.keySet().iterator().next();
            for (var payload : List.of(
                    Base64.getEncoder().encodeToString(bytes.toByteArray()),
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray()),
                    HexFormat.of().formatHex(bytes.toByteArray()),
                    bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1))) {
                attack.browser.cookies.put(name, payload);
                attack.refusesAndKeepsLogin(Reason.STATE_UNKNOWN, honest);
                for (var path : List.of("/oidc/callback", "/oidc/login", "/oidc/logout", "/oidc/backchannel-logout")) {
                    var form = "state=" + Login.encoded(payload) + "&logout_token=" + Login.encoded(payload);
                    attack.browser.send(PlainRequest.get(path + "?" + form));
                    attack.browser.send(PlainRequest.post(path, form));
                }
            }
        }
        assertEquals(0, Gadget.RAN.get());
    }

    @Test
    @Tag("CF-02")
    void onlyContainersDeserialize() throws Exception {
        for (var folder : List.of("oidc-filter/src/main/java", "oidc-cdi/src/main/java")) {
            var sources = Repository.sources(folder);
            assertFalse(sources.isEmpty());
            sources.forEach((name, source) -> assertFalse(
                    source.contains("ObjectInputStream") || source.contains("XMLDecoder"), name + " deserializes"));
        }
    }

    @Test
    @Tag("CF-06")
    void thereIsNoSwitchThatTakesACheckAway() {
        var dangerous = List.of("allow", "trust", "skip", "insecure", "disable", "verify", "dev", "ignore", "unsafe");
        for (var setting : Setting.values()) {
            var harmless = dangerous.stream().noneMatch(setting.key()::contains);
            assertEquals(setting != Setting.INSECURE_IGNORE_SHARED_STATE_OUTAGE, harmless, setting.key());
        }
        try (var application = Application.standard()) {
            for (var key : List.of(
                    "oidc.allow-http",
                    "oidc.trust-all",
                    "oidc.skip-nonce",
                    "oidc.disable-ssl-verification",
                    "oidc.dev-mode",
                    "oidc.allow-none")) {
                var refusal = assertThrows(
                        ConfigurationException.class, () -> application.deployed(Map.of(key, "true")), key);
                assertTrue(String.valueOf(refusal.getMessage()).contains(key), refusal.getMessage());
            }
        }
    }

    @Test
    @Tag("CF-07")
    void aClockThatIsWrongIsNamedAndNotForgiven() throws Exception {
        for (var skew : List.of("1m", "5m")) {
            try (var attack = LoginAttack.with(Map.of("oidc.clock-skew", skew))) {
                attack.refusesLogin(Reason.TOKEN_ISSUED_AT, () -> shift(attack, 600, 600));
                assertNamed(attack, Reason.TOKEN_ISSUED_AT);
                attack.refusesLogin(Reason.TOKEN_EXPIRED, () -> shift(attack, -600, -1200));
                assertNamed(attack, Reason.TOKEN_EXPIRED);
                attack.refusesLogin(Reason.TOKEN_ISSUED_AT, () -> shift(attack, -901, 3600));
                assertNamed(attack, Reason.TOKEN_ISSUED_AT);
            }
        }
    }

    private static void assertNamed(LoginAttack attack, Reason reason) {
        var line = attack.logged(reason);
        assertTrue(line.contains("clocks") && line.contains("NTP") && line.contains("oidc.clock-skew"), line);
    }

    /** As a provider would say whose clock is wrong. */
    private static void shift(LoginAttack attack, long issued, long expires) {
        attack.application.provider.idTokens((header, claims) -> {
            claims.put("iat", ((Number) claims.getOrDefault("iat", 0)).longValue() + issued);
            claims.put("exp", ((Number) claims.getOrDefault("exp", 0)).longValue() + expires);
        });
    }

    @Test
    @Tag("CF-09")
    void theJoseLibraryIsNoneWithKnownHoles() throws Exception {
        var properties = new Properties();
        try (var in = JsonWebEncryption.class.getResourceAsStream(
                "/META-INF/maven/org.bitbucket.b_c/jose4j/pom.properties")) {
            assertNotNull(in);
            properties.load(in);
        }
        var version = properties.getProperty("version", "0");
        assertTrue(Version.parse(version).compareTo(Version.parse("0.9.6")) >= 0, "jose4j " + version);
    }

    @Test
    @Tag("CF-10")
    void anyNodeFinishesALoginWhereTheKeysAreKnownToAll() throws Exception {
        try (var application = Application.standard()) {
            var here = application.browser();
            var callback = here.toCallback(PAGE);
            var there = new PlainBrowser(application.freshlyStarted());
            there.cookies.putAll(here.cookies);
            assertEquals("http://127.0.0.1:8080/app/page", location(there.reply(callback)));
            assertEquals(List.of(), singleNode(application.relyingParty));
        }
    }

    @Test
    @Tag("CF-10")
    void aKeyThatOneNodeMadeUpIsAnnouncedAndServesThatNodeOnly() throws Exception {
        try (var attack = LoginAttack.with(Map.of("oidc.client-secret", "short"))) {
            var callback = attack.callback();
            var there = new PlainBrowser(attack.application.freshlyStarted());
            there.cookies.putAll(attack.browser.cookies);
            var refused = there.reply(callback);
            assertEquals(400, refused.status());
            assertTrue(refused.body().contains(Reason.STATE_UNKNOWN.code()));
            assertEquals(0, attack.exchanges());
            assertEquals(1, singleNode(attack.application.relyingParty).size());
        }
    }

    private static List<String> singleNode(RelyingParty relyingParty) {
        var lines = new ArrayList<String>();
        Stream.of(relyingParty.introduction().text("filter").split("\\R", -1))
                .filter(line -> line.toLowerCase(Locale.ROOT).contains("this node only"))
                .forEach(lines::add);
        return lines;
    }
}
