// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Function;
import org.oidcfilter.InvalidResponseException;
import org.oidcfilter.LocalSessions;
import org.oidcfilter.LogoutMark;
import org.oidcfilter.OidcException;
import org.oidcfilter.OidcRequest;
import org.oidcfilter.Outcome.Reply;
import org.oidcfilter.Reason;
import org.oidcfilter.Secret;
import org.oidcfilter.SharedStateException;
import org.oidcfilter.protocol.LogoutTokenRequest;
import org.oidcfilter.provider.Conversation;
import org.oidcfilter.provider.Provider;
import org.oidcfilter.session.LogoutMarks;
import org.oidcfilter.token.LogoutToken;
import org.oidcfilter.token.LogoutTokenValidator;
import org.oidcfilter.token.VerificationKeys;

/**
 * Receives logout tokens from the provider (OpenID Connect Back-Channel Logout 1.0). The answer is 200 once the logout is
 * stored where every node sees it, and exactly 400 otherwise; whether there was such a session is nobody's business.
 */
final class BackchannelLogout {
    private static final int MAX_FORM = 64 * 1024;

    private final Audience audience;
    private final Provider provider;
    private final Function<VerificationKeys, LogoutTokenValidator> validators;
    private final Collaborators with;

    /** Who else takes part. */
    record Collaborators(
            LogoutMarks marks, LocalSessions localSessions, Failures failures, Events events, Clock clock) {}

    /** @param validators makes the validator of logout tokens for some keys */
    BackchannelLogout(
            Audience audience,
            Provider provider,
            Function<VerificationKeys, LogoutTokenValidator> validators,
            Collaborators with) {
        this.audience = audience;
        this.provider = provider;
        this.validators = validators;
        this.with = with;
    }

    Reply handle(OidcRequest request, Site site) throws IOException {
        try {
            var receivedAt = with.clock().instant();
            var token = LogoutTokenRequest.parse(request.form(MAX_FORM)).logoutToken();
            var logout = validated(token);
            var mark = LogoutMark.at(receivedAt, logout.subject(), logout.sid());
            accept(logout, mark);
            with.localSessions().end(mark);
            with.events().loggedOut(logout);
            return Replies.empty(200);
        } catch (OidcException failure) {
            return with.failures().rejection(failure);
        } catch (RuntimeException failure) {
            return with.failures().internalRejection(failure);
        }
    }

    private LogoutToken validated(Secret encoded) {
        var asking = provider.converse();
        return validators.apply(asking.keysForStrangers()).validate(encoded, expected(asking));
    }

    /**
     * The mark carries the time at which the token came, however long it took to check it: a login that has started since
     * is not meant. For the same reason a token that comes twice at once has no more effect than one.
     *
     * <p>While other nodes cannot be told, it ends what it can here: nobody promises that the token comes again.
     */
    private void accept(LogoutToken token, LogoutMark mark) {
        try {
            if (with.marks().knows(token.jti())) {
                throw new InvalidResponseException(
                        Reason.LOGOUT_TOKEN_REPLAYED, "a logout token with this jti was here before");
            }
            with.marks().store(mark);
            with.marks().remember(token.jti(), token.acceptableUntil());
        } catch (SharedStateException e) {
            with.marks().storeLater(mark);
            with.localSessions().end(mark);
            throw e;
        }
    }

    private LogoutTokenValidator.Expected expected(Conversation asking) {
        return new LogoutTokenValidator.Expected(
                audience.issuer(), audience.clientId(), audience.others(), asking.idTokenAlgorithms());
    }
}
