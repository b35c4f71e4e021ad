// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.tomcat;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.MessagePolicy;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.servlet.ServletRequest;
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
import org.oidcfilter.OidcRequest.Demand;
import org.oidcfilter.Outcome;
import org.oidcfilter.servlet.Dispatch;
import org.oidcfilter.servlet.OutcomeWriter;
import org.oidcfilter.servlet.ResponseCookies;
import org.oidcfilter.servlet.ServletRelyingParty;

/**
 * The relying party as Jakarta Authentication asks it (Servlet Container Profile, Jakarta Authentication 3.0 chapter 3): once
 * before each request, constrained or not, and when the application calls {@code request.authenticate}.
 */
final class OidcAuthModule implements ServerAuthModule {
    private static final String MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";
    private static final String AUTH_TYPE = "jakarta.servlet.http.authType";
    private static final String COOKIES = "org.oidcfilter.tomcat.cookies";

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
        var request = (HttpServletRequest) message.getRequestMessage();
        try {
            var current = current(request);
            return current.isPresent() ? asked(message, client, current.get()) : begun(message, client);
        } catch (IOException | UnsupportedCallbackException e) {
            throw refusal(e);
        }
    }

    /** A request comes in, or is dispatched in another thread. */
    private AuthStatus begun(MessageInfo message, Subject client) throws IOException, UnsupportedCallbackException {
        var request = (HttpServletRequest) message.getRequestMessage();
        var response = (HttpServletResponse) message.getResponseMessage();
        var cookies = new ResponseCookies(response);
        var again = Dispatch.again(request) ? relyingParty.remembered(request) : Optional.<Caller>empty();
        if (again.isEmpty()) {
            var outcome = relyingParty.handle(request, demand(message, request), cookies);
            if (outcome instanceof Outcome.Reply reply) {
                return answered(message, reply, cookies);
            }
            OutcomeWriter.prepare(response, outcome);
            again = outcome instanceof Outcome.Proceed proceed ? relyingParty.remember(request, proceed) : again;
        }
        request.setAttribute(COOKIES, cookies);
        message.getMap().put(COOKIES, cookies);
        message.setRequestMessage(request instanceof ContainerRequest ? request : new ContainerRequest(request));
        return accepted(message, client, again);
    }

    private static Demand demand(MessageInfo message, HttpServletRequest request) {
        if (Dispatch.again(request)) {
            return Demand.PASSIVE;
        }
        return Boolean.parseBoolean((String) message.getMap().get(MANDATORY)) ? Demand.REQUIRED : Demand.OPEN;
    }

    /** The application asks, in the middle of its request. */
    private AuthStatus asked(MessageInfo message, Subject client, ResponseCookies cookies)
            throws IOException, UnsupportedCallbackException {
        var request = (HttpServletRequest) message.getRequestMessage();
        var known = relyingParty.remembered(request);
        if (known.isPresent()) {
            return accepted(message, client, known);
        }
        var outcome =
                relyingParty.handle(request, Dispatch.again(request) ? Demand.PASSIVE : Demand.CHALLENGE, cookies);
        if (outcome instanceof Outcome.Reply reply) {
            OutcomeWriter.write(request, (HttpServletResponse) message.getResponseMessage(), reply);
            return AuthStatus.SEND_CONTINUE;
        }
        outcome.cookies().forEach(cookies::set);
        return accepted(message, client, relyingParty.remember(request, (Outcome.Proceed) outcome));
    }

    private static AuthStatus answered(MessageInfo message, Outcome.Reply reply, ResponseCookies cookies)
            throws IOException {
        try (cookies) {
            OutcomeWriter.write(
                    (HttpServletRequest) message.getRequestMessage(),
                    (HttpServletResponse) message.getResponseMessage(),
                    reply);
        }
        return AuthStatus.SEND_CONTINUE;
    }

    private AuthStatus accepted(MessageInfo message, Subject client, Optional<Caller> caller)
            throws IOException, UnsupportedCallbackException {
        message.getMap().put(AUTH_TYPE, "OIDC");
        var principal = new CallerPrincipalCallback(client, (Principal) caller.orElse(null));
        var callbacks = caller.map(known -> new Callback[] {
                    principal, new GroupPrincipalCallback(client, known.roles().toArray(String[]::new))
                })
                .orElseGet(() -> new Callback[] {principal});
        Objects.requireNonNull(container, "initialize was not called").handle(callbacks);
        return AuthStatus.SUCCESS;
    }

    /** The error page of a request comes after this, and may still want cookies; what runs in another thread may not. */
    @Override
    public AuthStatus secureResponse(MessageInfo message, @Nullable Subject service) {
        var request = (HttpServletRequest) message.getRequestMessage();
        if (message.getMap().get(COOKIES) instanceof ResponseCookies cookies
                && (request.isAsyncStarted() || Dispatch.again(request))) {
            cookies.close();
        }
        return AuthStatus.SEND_SUCCESS;
    }

    /** The application calls {@code request.logout}. */
    @Override
    public void cleanSubject(MessageInfo message, @Nullable Subject client) {
        var request = (HttpServletRequest) message.getRequestMessage();
        var current = current(request);
        if (current.isPresent()) {
            relyingParty.end(request, current.get());
            return;
        }
        try (var cookies = new ResponseCookies((HttpServletResponse) message.getResponseMessage())) {
            relyingParty.end(request, cookies);
        }
    }

    /** Nothing can be asked of the request from now on. */
    static void end(ServletRequest request) {
        if (request.getAttribute(COOKIES) instanceof ResponseCookies cookies) {
            cookies.close();
        }
    }

    private static Optional<ResponseCookies> current(HttpServletRequest request) {
        return request.getAttribute(COOKIES) instanceof ResponseCookies cookies && cookies.isOpen()
                ? Optional.of(cookies)
                : Optional.empty();
    }

    private static AuthException refusal(Exception cause) {
        var refusal = new AuthException("the request cannot be looked at");
        refusal.initCause(cause);
        return refusal;
    }
}
