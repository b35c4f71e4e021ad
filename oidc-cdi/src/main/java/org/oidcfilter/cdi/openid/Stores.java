// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.util.Optional;

/** The identity stores of an application that has a definition. */
final class Stores {
    private static final String OF_THE_SERVER = "org.glassfish.soteria.";

    private Stores() {}

    static void add(AfterBeanDiscovery discovery, BeanManager beans) {
        discovery
                .addBean()
                .scope(ApplicationScoped.class)
                .types(IdentityStore.class)
                .beanClass(VerifiedCallerStore.class)
                .createWith(creation -> new VerifiedCallerStore());
        if (!JakartaSecurity.isOfTheServer()) {
            discovery
                    .addBean()
                    .scope(ApplicationScoped.class)
                    .types(IdentityStoreHandler.class)
                    .beanClass(StoreHandler.class)
                    .createWith(
                            creation -> new StoreHandler(beans.createInstance().select(IdentityStore.class).stream()));
        }
    }

    /** The class that asks them for groups; none where there is nobody to ask but ourselves. */
    static Optional<String> mapper(BeanManager beans) {
        var stores = beans.getBeans(IdentityStore.class).stream().anyMatch(Stores::isOfTheApplication);
        var handlers = beans.getBeans(IdentityStoreHandler.class);
        return !handlers.isEmpty() && (stores || handlers.stream().anyMatch(Stores::isOfTheApplication))
                ? Optional.of(IdentityStoreRoles.class.getName())
                : Optional.empty();
    }

    private static boolean isOfTheApplication(Bean<?> bean) {
        var type = bean.getBeanClass();
        return type != VerifiedCallerStore.class
                && type != StoreHandler.class
                && !type.getName().startsWith(OF_THE_SERVER);
    }
}
