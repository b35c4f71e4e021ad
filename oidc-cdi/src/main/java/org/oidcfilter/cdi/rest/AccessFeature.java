// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.rest;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/** Has resources checked. Implementations of Jakarta REST find it by themselves (Jakarta RESTful Web Services 3.1 section 4.1.2). */
public final class AccessFeature implements Feature {
    /** For the container. */
    public AccessFeature() {}

    @Override
    public boolean configure(FeatureContext context) {
        if (context.getConfiguration().getRuntimeType() != RuntimeType.SERVER) {
            return false;
        }
        context.register(ResourceAccess.class, Priorities.AUTHORIZATION);
        context.register(DeniedAccessMapper.class);
        return true;
    }
}
