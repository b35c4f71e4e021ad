// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.devprovider;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which request goes where. */
final class Routes {
    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Lies lies;

    Routes(Lies lies) {
        this.lies = lies;
    }

    void add(String methods, String path, Function<Request, Reply> handler) {
        routes.put(path, new Route(Form.split(methods, ' '), handler));
    }

    /**
     * Answers as programmed, else honestly.
     *
     * @throws Exception what a programmed answer throws
     */
    Reply answer(Request request) throws Exception {
        Optional<Endpoint> endpoint = Arrays.stream(Endpoint.values())
                .filter(candidate -> candidate.path().equals(request.path()))
                .findFirst();
        return endpoint.isPresent()
                ? lies.answerOf(endpoint.get()).to(request, () -> honest(request))
                : honest(request);
    }

    private Reply honest(Request request) {
        @Nullable Route route = routes.get(request.path());
        if (route == null) {
            return Page.problem(404, "Nothing here", "This provider has no page at this address.");
        }
        if (!route.methods().contains(request.method())) {
            return Reply.text(405, "This method is not allowed here")
                    .header("Allow", String.join(", ", route.methods()));
        }
        return route.handler().apply(request);
    }

    private record Route(List<String> methods, Function<Request, Reply> handler) {}
}
