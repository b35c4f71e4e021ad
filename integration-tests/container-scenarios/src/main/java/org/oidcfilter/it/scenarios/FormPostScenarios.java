// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URI;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.oidcfilter.devprovider.DevelopmentProvider;

/** The response comes as a form that a page of another site posts (OAuth 2.0 Form Post Response Mode). */
public interface FormPostScenarios extends ProtectedApplication {

    /** The web application behind the filter. */
    static WebArchive war(DevelopmentProvider provider) {
        return TestWar.named("form-post")
                .filter()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.response-mode", "form_post"))
                .archive();
    }

    /** The web application in a container that enforces constraints. */
    static WebArchive containerWar(DevelopmentProvider provider) {
        return TestWar.named("form-post-container")
                .constrained()
                .settings(ProtectedApplication.trust(provider))
                .settings(Map.of("oidc.response-mode", "form_post"))
                .archive();
    }

    @Test
    default void logsInByAFormOfAnotherSite() {
        Browser browser = new Browser();
        provider().loginAs("alice");
        assertNotEquals(application().getHost(), URI.create(provider().issuer()).getHost(), "two sites");

        Page form = browser.open(at("whoami?q=1"));
        assertEquals(at("oidc/callback"), form.form().action());
        Page answer = browser.submit(form);
        // the browser withholds SameSite=Lax cookies from the form of another site
        Page back = browser.followAll(answer.isRedirect() ? answer : browser.submit(answer));

        assertEquals("alice", back.line("subject"));
        assertEquals("q=1", back.line("query"));
        assertEquals(1, provider().requests("/token").size());
    }

    @Test
    default void refusesAFormThatNoLoginOfThisBrowserAskedFor() {
        Browser victim = new Browser();
        Browser attacker = new Browser();
        provider().loginAs("bob");
        Page form = attacker.open(at("whoami"));

        Page answer = victim.submit(form);
        Page end = answer.status() == 200 ? victim.submit(answer) : answer;
        assertEquals(400, end.status());
        assertLoginNeeded(victim);
        assertEquals(0, provider().requests("/token").size());
    }
}
