// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

/** How a request has come. */
public final class Dispatch {
    private Dispatch() {}

    /** Whether the caller is who it was: no reply can be sent from here. */
    public static boolean again(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ASYNC
                || request.getDispatcherType() == DispatcherType.ERROR;
    }
}
