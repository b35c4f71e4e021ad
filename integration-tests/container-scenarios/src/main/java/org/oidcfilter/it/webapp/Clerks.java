// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.webapp;

import java.util.HashSet;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.oidcfilter.RoleMapper;

/** Makes a clerk of everybody, and tells by further roles what a mapper in a web application can count on. */
public final class Clerks implements RoleMapper {
    private final boolean named;

    /** For the filter. */
    public Clerks() {
        this.named = findsNames();
    }

    @Override
    public Set<String> roles(EndUser user) {
        Set<String> roles = new HashSet<>(user.roles());
        roles.add("clerk");
        if (Thread.currentThread().getContextClassLoader() == Clerks.class.getClassLoader()) {
            roles.add("with-the-classes-of-the-application");
        }
        if (named) {
            roles.add("with-names-of-the-component");
        }
        return roles;
    }

    @SuppressWarnings("BanJNDI") // the name is a constant, as in the guide
    private static boolean findsNames() {
        try {
            return InitialContext.doLookup("java:comp/DefaultManagedExecutorService") != null;
        } catch (NamingException e) {
            return false;
        }
    }
}
