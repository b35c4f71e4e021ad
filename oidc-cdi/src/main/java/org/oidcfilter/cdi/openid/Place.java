// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A page of the application that an annotation names by its address.
 *
 * @param path below the context path
 * @param application the address of the application, if the page's is absolute
 */
record Place(String path, Optional<String> application) {
    private static final URI ROOT = URI.create("/");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://[^/?#]+");

    /** What is relative is below the address of the application, as what follows {@code baseURL}. */
    static Place of(String address, String contextPath) {
        if (address.startsWith(Expressions.BASE)) {
            return new Place(rooted(address.substring(Expressions.BASE.length())), Optional.empty());
        }
        var absolute = ABSOLUTE.matcher(address);
        if (absolute.lookingAt()) {
            var path = address.substring(absolute.end());
            return isBelow(contextPath, path)
                    ? new Place(
                            rooted(path.substring(contextPath.length())), Optional.of(absolute.group() + contextPath))
                    : new Place(address, Optional.empty()); // of another application, and no path
        }
        if (isBelow(contextPath, address)) {
            return new Place(rooted(address.substring(contextPath.length())), Optional.empty());
        }
        return new Place(relative(address), Optional.empty());
    }

    /** @throws IllegalArgumentException if it is none; the cause would quote it */
    private static String relative(String address) {
        try {
            return ROOT.resolve(new URI(address)).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be an address");
        }
    }

    private static boolean isBelow(String contextPath, String path) {
        return (path + "/").startsWith(contextPath + "/");
    }

    /** The address of the application, which does not end with a slash, stands for its start page. */
    private static String rooted(String path) {
        return path.isEmpty() ? "/" : path;
    }
}
