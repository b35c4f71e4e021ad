// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.security.enterprise.credential.Credential;
import org.oidcfilter.RoleMapper.EndUser;

/** Somebody whom the provider vouches for, as identity stores are asked about them. */
record VerifiedCaller(EndUser user) implements Credential {
    /** Nothing of the caller. */
    @Override
    public String toString() {
        return "VerifiedCaller";
    }
}
