// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcSession;
import org.oidcfilter.ProviderErrorException;
import org.oidcfilter.ProviderUnavailableException;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.protocol.TokenResponse;
import org.oidcfilter.provider.Conversation;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.token.IdToken;
import org.oidcfilter.token.IdTokenValidator;
import org.oidcfilter.token.VerificationKeys;

/** Asks the provider for new tokens, once, and makes of its answer what a session needs (OpenID Connect Core 12). */
final class Renewal {
    /** When a provider that could not be reached is asked again, by whichever session. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Audience audience;
    private final Provider provider;
    private final Function<VerificationKeys, IdTokenValidator> validators;
    private final Collaborators with;
    private volatile Instant reachableAgain = Instant.MIN;

    /** What an attempt comes to. */
    sealed interface Result {
        /**
         * The provider renewed them.
         *
         * @param session the session that asked, with what it got
         * @param discarded whether somebody has found that nobody needs it any more
         * @param told whether nobody is to tell the application any more
         */
        record Renewed(OidcSession session, AtomicBoolean discarded, AtomicBoolean told) implements Result {
            Renewed(OidcSession session) {
                this(session, new AtomicBoolean(), new AtomicBoolean());
            }

            static Renewed silently(OidcSession session) {
                return new Renewed(session, new AtomicBoolean(), new AtomicBoolean(true));
            }
        }

        /**
         * The tokens cannot be renewed any more: the provider says so, or cannot be believed.
         *
         * @param told as with those that are renewed
         */
        record Refused(AtomicBoolean told) implements Result {
            Refused() {
                this(new AtomicBoolean());
            }

            static Refused silently() {
                return new Refused(new AtomicBoolean(true));
            }
        }

        /** Not now. */
        record Postponed() implements Result {}
    }

    /** Who else takes part. */
    record Collaborators(SessionStart sessionStart, Revocation revocation, Clock clock) {}

    /** @param validators makes the validator of ID tokens for some keys */
    Renewal(
            Audience audience,
            Provider provider,
            Function<VerificationKeys, IdTokenValidator> validators,
            Collaborators with) {
        this.audience = audience;
        this.provider = provider;
        this.validators = validators;
        this.with = with;
    }

    /** Redeems the session's refresh token. Throws nothing that the provider could cause. */
    Result attempt(OidcSession session, Secret refreshToken) {
        if (with.clock().instant().isBefore(reachableAgain)) {
            return new Result.Postponed();
        }
        try {
            var asking = provider.converse();
            return believed(session, asking.refresh(refreshToken), asking);
        } catch (ProviderErrorException e) {
            return e.error().equals("invalid_grant") ? refused(e) : postponed(e);
        } catch (ProviderUnavailableException e) {
            if (e.reason() == Reason.PROVIDER_UNREACHABLE) {
                reachableAgain = with.clock().instant().plus(PAUSE);
            }
            return postponed(e);
        } catch (OidcException e) {
            return postponed(e);
        }
    }

    /** For tokens that came for a session that had ended. */
    void discard(OidcSession session) {
        with.revocation().of(session);
    }

    private Result believed(OidcSession session, TokenResponse response, Conversation asking) {
        try {
            var idToken = response.idToken().map(token -> validated(token, response, session, asking));
            return new Result.Renewed(with.sessionStart().refreshed(session, idToken, response, asking));
        } catch (ProviderUnavailableException e) {
            Failures.note("the new ID token could not be checked, and is asked for again", e);
            return Result.Renewed.silently(rotated(session, response));
        } catch (OidcException e) {
            with.revocation().of(response.refreshToken(), Optional.of(response.accessToken()));
            return refused(e);
        }
    }

    private IdToken validated(Secret idToken, TokenResponse response, OidcSession session, Conversation asking) {
        return validators
                .apply(asking.keys())
                .validateRefreshed(
                        idToken,
                        new IdTokenValidator.Refreshed(
                                audience.issuer(),
                                audience.clientId(),
                                audience.others(),
                                asking.idTokenAlgorithms(),
                                session.tokens().idToken(),
                                response.accessToken()));
    }

    /** Nothing but the new refresh token, for the old one may be used up, and what came with it is not believed yet. */
    private OidcSession rotated(OidcSession session, TokenResponse response) {
        var tokens = session.tokens();
        var validity = tokens.validity();
        return session.refreshed(
                session.identity(),
                new OidcSession.Tokens(
                        tokens.idToken(),
                        tokens.userInfo(),
                        tokens.accessToken(),
                        response.refreshToken().or(tokens::refreshToken),
                        new OidcSession.Validity(
                                validity.idTokenExpiresAt(),
                                validity.accessTokenExpiresAt(),
                                Optional.of(with.clock().instant().plus(PAUSE)),
                                validity.idTokenRenewable()),
                        tokens.grant()));
    }

    private static Result refused(OidcException why) {
        Failures.remark("the tokens of a session cannot be renewed any more", why);
        return new Result.Refused();
    }

    private static Result postponed(OidcException why) {
        Failures.note("a session goes on with its old tokens", why);
        return new Result.Postponed();
    }
}
