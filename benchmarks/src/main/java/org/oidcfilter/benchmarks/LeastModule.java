// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.benchmarks;

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
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;

/** The least that a module can do in Tomcat's own security: whoever has a session is somebody. */
final class LeastModule implements ServerAuthModule {
    private static final Principal SOMEBODY = new LeastAuthenticator.Somebody();

    private CallbackHandler container;

    @Override
    public void initialize(
            MessagePolicy request, MessagePolicy response, CallbackHandler handler, Map<String, Object> options) {
        container = handler;
    }

    @Override
    public Class<?>[] getSupportedMessageTypes() {
        return new Class<?>[] {HttpServletRequest.class, HttpServletResponse.class};
    }

    @Override
    public AuthStatus validateRequest(MessageInfo message, Subject client, Subject service) throws AuthException {
        var request = (HttpServletRequest) message.getRequestMessage();
        var known = request.getRequestURI().endsWith("/session") || request.getSession(false) != null;
        try {
            container.handle(
                    known
                            ? new Callback[] {
                                new CallerPrincipalCallback(client, SOMEBODY),
                                new GroupPrincipalCallback(client, new String[] {"user"})
                            }
                            : new Callback[] {new CallerPrincipalCallback(client, (Principal) null)});
        } catch (IOException | UnsupportedCallbackException e) {
            throw new IllegalStateException(e);
        }
        if (known) {
            var answer = (HttpServletResponse) message.getResponseMessage();
            answer.setHeader("Cache-Control", "no-store");
            answer.addHeader("Vary", "Cookie");
        }
        return AuthStatus.SUCCESS;
    }

    @Override
    public AuthStatus secureResponse(MessageInfo message, Subject service) {
        return AuthStatus.SEND_SUCCESS;
    }

    @Override
    public void cleanSubject(MessageInfo message, Subject client) {}
}
