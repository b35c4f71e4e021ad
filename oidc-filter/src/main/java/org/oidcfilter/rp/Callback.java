// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.OidcSession;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.SetCookie;
import org.oidcfilter.SharedState;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.protocol.AuthenticationResponse;
import org.oidcfilter.protocol.Form;
import org.oidcfilter.protocol.TokenResponse;
import org.oidcfilter.provider.Conversation;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.session.LoginState;
import org.oidcfilter.session.LogoutMarks;
import org.oidcfilter.session.StateCookie;
import org.oidcfilter.token.IdToken;
import org.oidcfilter.token.IdTokenValidator;
import org.oidcfilter.token.VerificationKeys;

/**
 * Receives the authentication response (OpenID Connect Core 3.1.2.5 to 3.1.3.7).
 *
 * <p>The response must belong to a login that this very browser has started: only then is it looked at, once, and the
 * code redeemed.
 */
final class Callback {
    /** A longer address is not worth the room in a session, which may be in a cookie. */
    private static final int LONGEST_PAGE = 1000;

    private static final int MAX_FORM = 64 * 1024;
    private static final String RESUBMITTED = "resubmitted";

    /** OpenID Connect Core 3.1.2.6: what a provider answers to {@code prompt=none}. */
    private static final Set<String> NOBODY_LOGGED_IN =
            Set.of("login_required", "interaction_required", "account_selection_required", "consent_required");

    private final Expectations expectations;
    private final Provider provider;
    private final Function<VerificationKeys, IdTokenValidator> validators;
    private final Collaborators with;

    /**
     * What a response is held to.
     *
     * @param post whether the response comes as a POST ({@code form_post}) rather than in the query
     * @param landing the page that every login ends at, below the context path; else the page that was asked for
     */
    record Expectations(Audience audience, boolean post, Duration loginTimeout, Optional<String> landing) {}

    /** Who else takes part. */
    record Collaborators(
            StateCookie<LoginState> cookies,
            SharedState sharedState,
            LogoutMarks marks,
            Revocation revocation,
            SessionStart sessionStart,
            SavedForms savedForms,
            ExistingSession existing,
            Failures failures,
            Events events) {}

    /** @param validators makes the validator of ID tokens for some keys */
    Callback(
            Expectations expectations,
            Provider provider,
            Function<VerificationKeys, IdTokenValidator> validators,
            Collaborators with) {
        this.expectations = expectations;
        this.provider = provider;
        this.validators = validators;
        this.with = with;
    }

    /** Whether the provider may have sent the browser with a response, so that the request is not one for a page. */
    boolean concerns(OidcRequest request) {
        if (Navigation.isPost(request)) {
            return expectations.post();
        }
        return request.query().map(AuthenticationResponse::mayBeIn).orElse(false);
    }

    Reply handle(OidcRequest request, Site site) throws IOException {
        try {
            return answered(request, site);
        } catch (OidcException failure) {
            return with.failures().reply(request, site, failure, Failures.Way.NONE);
        } catch (RuntimeException failure) {
            return with.failures().internal(request, site, failure, Failures.Way.NONE);
        }
    }

    private Reply answered(OidcRequest request, Site site) throws IOException {
        requireRedirectUri(request);
        var form = parameters(request);
        var login = AuthenticationResponse.stateOf(form)
                .flatMap(state -> with.cookies().find(state, site.cookieScope(), request.cookies()));
        if (login.isEmpty()) {
            return withoutLogin(request, site, form);
        }
        var way = new Failures.Way(
                Optional.of(login.get().returnTo()),
                Optional.of(with.cookies().removal(login.get().state(), site.cookieScope())));
        try {
            return complete(request, site, form, login.get());
        } catch (SharedStateException failure) {
            // the login stays pending: whoever loads the page again may be luckier
            return with.failures().reply(request, site, failure, new Failures.Way(way.retryTo(), Optional.empty()));
        } catch (OidcException failure) {
            return with.failures().reply(request, site, failure, way);
        } catch (RuntimeException failure) {
            return with.failures().internal(request, site, failure, way);
        }
    }

    /** The provider sends the browser to the redirect URI as we wrote it, which needs neither encoding nor parameters. */
    private static void requireRedirectUri(OidcRequest request) {
        if (!request.rawPath().equals(request.contextPath() + request.path())) {
            throw invalid(Reason.AMBIGUOUS_PATH, "expected the response at the redirect URI, spelled as it was sent");
        }
    }

    private Form parameters(OidcRequest request) throws IOException {
        if (!Navigation.isPost(request)) {
            return Form.parse(request.query().orElse(""));
        }
        if (request.query().isPresent()) {
            throw invalid(Reason.RESPONSE_MALFORMED, "a posted authentication response has a query as well");
        }
        return Form.parse(request.form(MAX_FORM));
    }

    private Reply complete(OidcRequest request, Site site, Form form, LoginState login) {
        if (with.cookies().expired(login)) {
            throw invalid(
                    Reason.LOGIN_EXPIRED,
                    "expected the response within "
                            + expectations.loginTimeout().toSeconds() + " s");
        }
        if (Navigation.isPost(request) != expectations.post()) {
            throw invalid(Reason.RESPONSE_MODE, "expected the response by " + (expectations.post() ? "POST" : "GET"));
        }
        var response = AuthenticationResponse.of(form);
        var asking = provider.converse();
        requireIssuer(response.issuer(), asking);
        if (response.error().isPresent()) {
            return refused(request, site, response.error().get(), login);
        }
        var code = response.code()
                .orElseThrow(() -> invalid(Reason.RESPONSE_CODE_MISSING, "the response has neither code nor error"));
        with.marks().requireAnswer();
        var spent = with.cookies().removal(login.state(), site.cookieScope());
        if (!with.sharedState().firstUse(spent.name(), expectations.loginTimeout())) {
            return again(request, site, login, spent);
        }
        var tokens = asking.redeem(code, login.codeVerifier(), login.redirectUri());
        var idToken = validated(tokens, login, asking);
        var session = session(idToken, tokens, login, asking);
        try {
            return begun(request, site, login, session);
        } catch (SharedStateException failure) {
            request.session().update(stored -> stored.sameLoginAs(session) ? Optional.empty() : Optional.of(stored));
            with.revocation().of(tokens.refreshToken(), Optional.of(tokens.accessToken()));
            // its code is used up: this login comes to nothing
            var way = new Failures.Way(Optional.of(login.returnTo()), Optional.of(spent));
            return with.failures().reply(request, site, failure, way);
        }
    }

    /** Tokens that no session needs must not live on: each further attempt would leave some more at the provider. */
    private OidcSession session(IdToken idToken, TokenResponse tokens, LoginState login, Conversation asking) {
        try {
            var session = with.sessionStart().session(idToken, tokens, login.startedAt(), asking);
            return expectations.landing().isPresent() && login.returnTo().length() <= LONGEST_PAGE
                    ? session.cameFor(login.returnTo())
                    : session;
        } catch (ProviderUnavailableException failure) {
            throw failure; // who gives no answer is not asked for another one
        } catch (OidcException failure) {
            with.revocation().of(tokens.refreshToken(), Optional.of(tokens.accessToken()));
            throw failure;
        }
    }

    private Reply begun(OidcRequest request, Site site, LoginState login, OidcSession session) {
        if (with.marks().end(session)) {
            with.revocation().of(session);
            throw invalid(Reason.LOGGED_OUT_MEANWHILE, "a logout came while the login was under way");
        }
        request.session().begin(session);
        with.events().loggedIn(session);
        var spent = with.cookies().removal(login.state(), site.cookieScope());
        var resumed = with.savedForms().resume(request, site, login, session);
        if (resumed.isPresent()) {
            return Replies.withMoreCookies(resumed.get(), List.of(spent));
        }
        var target =
                expectations.landing().map(site::page).orElseGet(() -> ReturnAddress.absolute(site, login.returnTo()));
        return Replies.redirect(request, target, List.of(spent));
    }

    /** A login that was to show nothing has told that nobody is logged in; any other error is a failure. */
    private Reply refused(OidcRequest request, Site site, String error, LoginState login) {
        if (login.asked().silent() && NOBODY_LOGGED_IN.contains(error)) {
            var spent = with.cookies().removal(login.state(), site.cookieScope());
            return Replies.redirect(request, ReturnAddress.absolute(site, login.returnTo()), List.of(spent));
        }
        throw new ProviderErrorException(Reason.LOGIN_REFUSED, error);
    }

    /** RFC 9207 section 2.4: required where the provider announces it, compared wherever it comes. */
    private void requireIssuer(Optional<String> issuer, Conversation asking) {
        if (issuer.isEmpty() && asking.metadata().issuerParameterSupported()) {
            throw invalid(Reason.ISSUER_MISSING, "the response has no iss although the provider's metadata promise it");
        }
        if (issuer.isPresent() && !issuer.get().equals(expectations.audience().issuer())) {
            throw invalid(
                    Reason.ISSUER_MISMATCH,
                    "the response names another issuer than "
                            + expectations.audience().issuer());
        }
    }

    private IdToken validated(TokenResponse tokens, LoginState login, Conversation asking) {
        var idToken = tokens.idToken()
                .orElseThrow(() -> invalid(Reason.ID_TOKEN_MISSING, "the token response has no id_token"));
        var validator = validators.apply(asking.keys());
        var valid = validator.validate(
                idToken,
                new IdTokenValidator.Expected(
                        expectations.audience().issuer(),
                        expectations.audience().clientId(),
                        expectations.audience().others(),
                        asking.idTokenAlgorithms(),
                        login.nonce(),
                        Optional.of(tokens.accessToken()),
                        login.asked().maxAge(),
                        login.asked().acrValues()));
        if (login.asked().anew()) {
            validator.requireAuthenticatedSince(login.startedAt(), valid);
        }
        return valid;
    }

    /** The same response once more: a reload, or a double click. Who is logged in by now goes where the login led. */
    private Reply again(OidcRequest request, Site site, LoginState login, SetCookie spent) {
        if (with.existing().look(request).isPresent()) {
            return Replies.redirect(request, ReturnAddress.absolute(site, login.returnTo()), List.of(spent));
        }
        throw invalid(Reason.STATE_USED, "the state was used before");
    }

    /** The browser has no such login pending, or withheld its cookies because the form came from another site. */
    private Reply withoutLogin(OidcRequest request, Site site, Form form) {
        if (AuthenticationResponse.of(form).state().isEmpty()) {
            throw invalid(Reason.STATE_MISSING, "the authentication response has no state");
        }
        if (expectations.post()
                && Navigation.isPost(request)
                && form.get(RESUBMITTED).isEmpty()) {
            var fields = new LinkedHashMap<>(form.fields());
            fields.put(RESUBMITTED, "1");
            return Replies.page(200, Page.resubmit(site.callback().getRawPath(), fields), List.of());
        }
        if (with.existing().look(request).isPresent()) {
            return Replies.redirect(request, ReturnAddress.absolute(site, site.home()), List.of());
        }
        throw invalid(Reason.STATE_UNKNOWN, "this browser has no pending login with the state of the response");
    }

    private static InvalidResponseException invalid(Reason reason, String message) {
        return new InvalidResponseException(reason, message);
    }
}
