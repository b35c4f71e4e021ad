// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.protocol;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The machine itself (RFC 6761 section 6.3, RFC 8252 section 8.3): the one place where plain http is good enough. */
public final class Loopback {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile("127(\\." + OCTET + "){3}");

    private Loopback() {}

    /** Whether {@code host}, written as in a URL, can be nothing but this machine. No name is looked up. */
    public static boolean is(@Nullable String host) {
        if (host == null) {
            return false;
        }
        var name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || IPV4.matcher(name).matches();
    }
}
