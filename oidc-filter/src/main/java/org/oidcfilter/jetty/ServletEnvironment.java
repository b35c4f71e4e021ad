// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.jetty;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.oidcfilter.ConfigurationException;

/**
 * What differs by name only between Jetty's environments (ee10, ee11): from its own request to the one that servlets see.
 * Found by name once, when the application starts.
 *
 * @param requestType {@code ServletContextRequest} of the environment
 */
record ServletEnvironment(Class<?> requestType, MethodHandle requestOf, MethodHandle responseOf) {
    /** What the classes of this package refer to. */
    private static final String[] JETTY = {
        "org.eclipse.jetty.http.",
        "org.eclipse.jetty.io.",
        "org.eclipse.jetty.security.",
        "org.eclipse.jetty.server.",
        "org.eclipse.jetty.util."
    };

    /**
     * The environment of {@code application}.
     *
     * @throws ConfigurationException if it has none that is known
     */
    static ServletEnvironment of(ContextHandler application) {
        var handler = named(application.getClass(), "ServletContextHandler");
        try {
            var type =
                    Class.forName(handler.getPackageName() + ".ServletContextRequest", true, handler.getClassLoader());
            return new ServletEnvironment(
                    type,
                    handle(type, "getServletApiRequest", HttpServletRequest.class),
                    handle(type, "getHttpServletResponse", HttpServletResponse.class));
        } catch (ReflectiveOperationException e) {
            throw unknown(application.getClass());
        }
    }

    /** Jetty hides its classes from applications, and those of this package are the application's. */
    void showJettyTo(ContextHandler application) {
        try {
            var hidden = Objects.requireNonNull(
                    application.getClass().getMethod("getHiddenClassMatcher").invoke(application));
            hidden.getClass().getMethod("exclude", String[].class).invoke(hidden, (Object) JETTY);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw unknown(application.getClass());
        }
    }

    /** The request that servlets are going to see. */
    HttpServletRequest request(Request request) {
        return (HttpServletRequest) invoke(requestOf, request);
    }

    /** The response that servlets are going to see. */
    HttpServletResponse response(Request request) {
        return (HttpServletResponse) invoke(responseOf, request);
    }

    private Object invoke(MethodHandle handle, Request request) {
        Object seen = Objects.requireNonNull(Request.as(request, requestType), "no servlet answers this request");
        try {
            return handle.invokeExact(seen);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("this Jetty has another request", e);
        }
    }

    private static MethodHandle handle(Class<?> type, String name, Class<?> returned)
            throws ReflectiveOperationException {
        Method method = type.getMethod(name);
        if (!returned.isAssignableFrom(method.getReturnType())) {
            throw new NoSuchMethodException(name + " of " + type + " returns another type");
        }
        return MethodHandles.publicLookup().unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
    }

    private static Class<?> named(Class<?> type, String simpleName) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (each.getSimpleName().equals(simpleName)) {
                return each;
            }
        }
        throw unknown(type);
    }

    private static ConfigurationException unknown(Class<?> type) {
        return new ConfigurationException(
                List.of("container security needs a WebAppContext of Jetty 12.1, ee10 or later; this is" + " a "
                        + type.getName() + ": use the filter"));
    }
}
