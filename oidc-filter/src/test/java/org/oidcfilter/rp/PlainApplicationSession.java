// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.rp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.oidcfilter.ApplicationSession;

/** Remembers what was said to it. */
final class PlainApplicationSession implements ApplicationSession {
    final List<String> heard = new ArrayList<>();

    @Override
    public void begin(String owner) {
        heard.add("begin " + owner);
    }

    @Override
    public void use(Optional<String> owner) {
        heard.add("use " + owner.orElse("nobody"));
    }

    @Override
    public void end() {
        heard.add("end");
    }
}
