// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP client as we use it: no redirects, no cookies, threads that end with the application. */
final class JdkClient implements AutoCloseable {
    private final ExecutorService executor;
    private final HttpClient client;

    /** @param threads how the names of its threads begin */
    JdkClient(String threads) {
        executor = Executors.newCachedThreadPool(new DaemonThreads(threads));
        client = client(executor);
    }

    HttpClient client() {
        return client;
    }

    /** Its threads, of which there are as many as are needed. */
    ExecutorService executor() {
        return executor;
    }

    /** Before JDK 21 the client has a thread that outlives {@link #close}: it must not hold on to the web application. */
    private static HttpClient client(ExecutorService executor) {
        var current = Thread.currentThread();
        var loader = current.getContextClassLoader();
        current.setContextClassLoader(null);
        try {
            return HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .executor(executor)
                    .build();
        } finally {
            current.setContextClassLoader(loader);
        }
    }

    @Override
    public void close() {
        try { // since JDK 21; close() would wait for answers that somebody still reads
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (ReflectiveOperationException e) {
            // JDK 17: the client ends with its last reference
        }
        executor.shutdownNow();
    }
}
