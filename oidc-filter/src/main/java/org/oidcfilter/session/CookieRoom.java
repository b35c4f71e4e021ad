// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.session;

import java.util.List;
import java.util.Map.Entry;
import java.util.function.Predicate;

/** What a browser's cookies take of the 8 KB that servers accept for all headers of a request. */
final class CookieRoom {
    /** {@code =}, {@code ;} and a space. */
    private static final int AROUND_EACH = 3;

    private CookieRoom() {}

    /** The characters of those that are not {@code ours}, by name. */
    static int takenByOthers(List<Entry<String, String>> cookies, Predicate<String> ours) {
        var taken = 0;
        for (var cookie : cookies) {
            if (!ours.test(cookie.getKey())) {
                taken += cookie.getKey().length() + cookie.getValue().length() + AROUND_EACH;
            }
        }
        return taken;
    }
}
