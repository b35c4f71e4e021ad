// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request and its response as a container would hold them: by default a person who navigates to {@code /app/page}. */
public final class Exchange {
    public final Map<String, @Nullable Object> asked = new HashMap<>();
    public final Map<String, String> requestHeaders = new HashMap<>();
    public final Map<String, Object> attributes = new HashMap<>();
    public final Map<String, List<String>> headers = new LinkedHashMap<>();
    public final List<String> calls = new ArrayList<>();

    /** Of the response: what was written, and whether it is on its way. */
    public final ByteArrayOutputStream body = new ByteArrayOutputStream();

    boolean committed;

    @Nullable
    HttpSession session;

    public Exchange() {
        asked.put("getMethod", "GET");
        asked.put("getScheme", "https");
        asked.put("getServerName", "shop.example");
        asked.put("getServerPort", 443);
        asked.put("getContextPath", "/app");
        asked.put("isRequestedSessionIdFromURL", false);
        asked.put("getDispatcherType", DispatcherType.REQUEST);
        asked.put("getQueryString", null);
        asked.put("getCookies", null);
        asked.put("getHttpServletMapping", Fake.of(HttpServletMapping.class, Map.of("getServletName", "")));
        requestHeaders.put("accept", "text/html");
        path("/page");
    }

    public Exchange path(String path) {
        asked.put("getServletPath", path);
        asked.put("getPathInfo", null);
        asked.put("getRequestURI", "/app" + path);
        return this;
    }

    public Exchange with(String question, @Nullable Object answer) {
        asked.put(question, answer);
        return this;
    }

    public Exchange body(byte[] content, @Nullable String type) {
        asked.put("getInputStream", input(content));
        asked.put("getContentType", type);
        asked.put("getContentLengthLong", (long) content.length);
        return this;
    }

    public Exchange context(ServletContext context) {
        return with("getServletContext", context);
    }

    public HttpServletRequest request() {
        return Fake.of(HttpServletRequest.class, (method, arguments) -> switch (method) {
            case "getHeader" -> requestHeaders.get(text(arguments[0]).toLowerCase(Locale.ROOT));
            case "getAttribute" -> attributes.get(text(arguments[0]));
            case "setAttribute" -> attributes.put(text(arguments[0]), arguments[1]);
            case "removeAttribute" -> attributes.remove(text(arguments[0]));
            case "getSession" -> session(arguments);
            default -> answer(method);
        });
    }

    private @Nullable HttpSession session(Object[] arguments) {
        if (session == null && (arguments.length == 0 || arguments[0].equals(true))) {
            throw new AssertionError("nobody expected a new session");
        }
        return session;
    }

    private @Nullable Object answer(String question) {
        if (!asked.containsKey(question)) {
            throw new AssertionError("nobody expected " + question);
        }
        return asked.get(question);
    }

    public HttpServletResponse response() {
        return Fake.of(HttpServletResponse.class, (method, arguments) -> switch (method) {
            case "isCommitted" -> committed;
            case "getHeader" ->
                headers.getOrDefault(text(arguments[0]), List.of()).stream()
                        .findFirst()
                        .orElse(null);
            case "setHeader" -> headers.put(text(arguments[0]), List.of(text(arguments[1])));
            case "addHeader" -> headers.merge(text(arguments[0]), List.of(text(arguments[1])), Exchange::joined);
            case "getOutputStream" -> output();
            case "resetBuffer", "setStatus", "setContentLength" -> noted(method, arguments);
            default -> throw new AssertionError("nobody expected " + method);
        });
    }

    private @Nullable Object noted(String method, Object[] arguments) {
        calls.add(arguments.length == 0 ? method : method + " " + arguments[0]);
        return null;
    }

    public String header(String name) {
        return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    private static String text(Object argument) {
        return String.valueOf(argument);
    }

    private static List<String> joined(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private ServletOutputStream output() {
        return new ServletOutputStream() {
            @Override
            public void write(int octet) {
                body.write(octet);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new AssertionError("nobody expected a listener");
            }
        };
    }

    private static ServletInputStream input(byte[] content) {
        var bytes = new ByteArrayInputStream(content);
        return new ServletInputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return bytes.read(buffer, offset, length);
            }

            @Override
            public boolean isFinished() {
                return bytes.available() == 0;
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new AssertionError("nobody expected a listener");
            }
        };
    }
}
