// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.scenarios;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A web socket as a page of the application opens it, with the cookies of the browser. */
final class OpenSocket implements WebSocket.Listener {
    private static final int PATIENCE = 20;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> connection;

    private OpenSocket(Browser browser, URI address) {
        connection = connect(browser, address);
    }

    static OpenSocket open(Browser browser, URI address) {
        OpenSocket socket = new OpenSocket(browser, address);
        get(socket.connection);
        return socket;
    }

    /** The status of the answer to a handshake that must fail, or 101 if it does not. */
    static int statusOfHandshake(Browser browser, URI address) {
        try {
            new OpenSocket(browser, address).connection.join().abort();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    /** The answer to a message. */
    String ask(String text) {
        get(get(connection).sendText(text, true));
        return hear();
    }

    /** What the server says next. */
    String hear() {
        try {
            String text = heard.poll(PATIENCE, TimeUnit.SECONDS);
            if (text == null) {
                throw new AssertionError("the server is silent");
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The code of the close frame that has come, or will soon. */
    int closeCode() {
        return get(closed);
    }

    private CompletableFuture<WebSocket> connect(Browser browser, URI address) {
        String cookies = browser.cookieHeader(address);
        WebSocket.Builder handshake = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Origin", Visit.origin(address))
                .header("Sec-Fetch-Mode", "websocket")
                .header("Sec-Fetch-Dest", "websocket")
                .header("Sec-Fetch-Site", "same-origin");
        if (!cookies.isEmpty()) {
            handshake.header("Cookie", cookies);
        }
        return handshake.buildAsync(URI.create(address.toString().replaceFirst("^http", "ws")), this);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
        heard.add(text.toString());
        socket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed.completeExceptionally(error);
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
