// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.samples.demo;

/**
 * The command line.
 *
 * @param host the address to listen on; default {@code localhost}
 * @param port the port to listen on; default 8080, 0 for any free one
 */
record Options(String host, int port) {
    static final String USAGE = "Usage: java -jar oidc-demo.jar [--host HOST] [--port PORT]";

    /** Parses the command line; throws {@link IllegalArgumentException} with the usage if it cannot. */
    static Options parse(String... arguments) {
        var options = new Options("localhost", 8080);
        for (var i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value. " + USAGE);
            }
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--host" -> new Options(value, port);
            case "--port" -> new Options(host, number(value));
            default -> throw new IllegalArgumentException("Unknown option " + name + ". " + USAGE);
        };
    }

    private static int number(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException(value + " is not a port. " + USAGE);
        }
        return Integer.parseInt(value);
    }
}
