// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.provider;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.oidcfilter.HttpSender;

/** A provider by script: an answer per path. Remembers what it was asked. */
final class ScriptedSender implements HttpSender {
    private final Map<String, HttpSender> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedSender json(String path, String body) {
        return answer(path, 200, "application/json", body);
    }

    ScriptedSender answer(String path, int status, String contentType, String body) {
        return on(path, request -> new Response(status, Map.of("Content-Type", contentType), body));
    }

    ScriptedSender on(String path, HttpSender answer) {
        answers.put(path, answer);
        return this;
    }

    @Override
    public Response send(Request request) throws IOException {
        requests.add(request);
        var answer = answers.get(request.uri().getPath());
        if (answer == null) {
            throw new IOException("connection refused");
        }
        return answer.send(request);
    }

    long count(String path) {
        return requests.stream()
                .filter(request -> request.uri().getPath().equals(path))
                .count();
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    List<Request> requests() {
        return requests;
    }
}
