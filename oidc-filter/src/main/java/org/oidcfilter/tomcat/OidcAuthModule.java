// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.MessagePolicy;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;
import org.oidcfilter.servlet.ContainerExchange;
import org.oidcfilter.servlet.ContainerRequest;
import org.oidcfilter.servlet.ServletRelyingParty;

/**
 * The relying party as Jakarta Authentication asks it (Servlet Container Profile, Jakarta Authentication 3.0 chapter 3): once
 * before each request, constrained or not, and when the application calls {@code request.authenticate}.
 */
final class OidcAuthModule implements ServerAuthModule {
    private static final String MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";

    private final ServletRelyingParty relyingParty;
    private @Nullable CallbackHandler container;

    OidcAuthModule(ServletRelyingParty relyingParty) {
        this.relyingParty = relyingParty;
    }

    /** Tomcat asks for nothing else. */
    @Override
    public void initialize(
            @Nullable MessagePolicy request,
            @Nullable MessagePolicy response,
            CallbackHandler handler,
            @Nullable Map<String, Object> options) {
        container = handler;
    }

    @Override
    public Class<?>[] getSupportedMessageTypes() {
        return new Class<?>[] {HttpServletRequest.class, HttpServletResponse.class};
    }

    @Override
    public AuthStatus validateRequest(MessageInfo message, Subject client, @Nullable Subject service)
            throws AuthException {
        try {
            var decision = exchange(message)
                    .decide(Boolean.parseBoolean((String) message.getMap().get(MANDATORY)));
            if (decision.answered()) {
                return AuthStatus.SEND_CONTINUE;
            }
            message.setRequestMessage(ContainerRequest.of((HttpServletRequest) message.getRequestMessage()));
            return accepted(client, decision.caller());
        } catch (IOException | UnsupportedCallbackException e) {
            throw refusal(e);
        }
    }

    private ContainerExchange exchange(MessageInfo message) {
        return new ContainerExchange(
                relyingParty, (HttpServletRequest) message.getRequestMessage(), (HttpServletResponse)
                        message.getResponseMessage());
    }

    private AuthStatus accepted(Subject client, Optional<Caller> caller)
            throws IOException, UnsupportedCallbackException {
        var principal = new CallerPrincipalCallback(client, (Principal) caller.orElse(null));
        var callbacks = caller.map(known -> new Callback[] {
                    principal, new GroupPrincipalCallback(client, known.roles().toArray(String[]::new))
                })
                .orElseGet(() -> new Callback[] {principal});
        Objects.requireNonNull(container, "initialize was not called").handle(callbacks);
        return AuthStatus.SUCCESS;
    }

    @Override
    public AuthStatus secureResponse(MessageInfo message, @Nullable Subject service) {
        exchange(message).answered();
        return AuthStatus.SEND_SUCCESS;
    }

    /** The application calls {@code request.logout}. */
    @Override
    public void cleanSubject(MessageInfo message, @Nullable Subject client) {
        exchange(message).logout();
    }

    private static AuthException refusal(Exception cause) {
        var refusal = new AuthException("the request cannot be looked at");
        refusal.initCause(cause);
        return refusal;
    }
}
