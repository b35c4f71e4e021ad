// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.oidcfilter.Caller;

/** What a server has of each request; wins over that of the container, which has none here. */
@Alternative
@Priority(1)
@ApplicationScoped
public class Requests {
    private @Nullable Caller caller;

    public void caller(@Nullable Caller now) {
        this.caller = now;
    }

    @Produces
    public HttpServletRequest request() {
        return TestCaller.request(caller);
    }
}
