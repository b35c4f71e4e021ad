// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.security.enterprise.identitystore.openid.AccessToken;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.OpenIdClaims;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import jakarta.security.enterprise.identitystore.openid.RefreshToken;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes beans of {@link CurrentOpenIdContext} and of what it hands out, where the API that they are of is there. Signatures name
 * nothing of that API: some applications do not have it.
 */
public class ContextExtension implements Extension {
    private final boolean needed = Stream.of(
                    "jakarta.security.enterprise.identitystore.openid.OpenIdContext", "jakarta.json.JsonObject")
            .allMatch(JakartaSecurity::isThere);

    /** For the container. */
    public ContextExtension() {}

    void add(@Observes BeforeBeanDiscovery discovery) {
        if (needed) {
            Beans.addContext(discovery);
        }
    }

    void addParts(@Observes AfterBeanDiscovery discovery, BeanManager beans) {
        if (needed) {
            new Beans(discovery, beans).addParts();
        }
    }

    /** What cannot be loaded where that API is not there. */
    private record Beans(AfterBeanDiscovery discovery, BeanManager beans) {
        static void addContext(BeforeBeanDiscovery discovery) {
            discovery
                    .addAnnotatedType(CurrentOpenIdContext.class, CurrentOpenIdContext.class.getName())
                    .add(RequestScoped.Literal.INSTANCE);
        }

        void addParts() {
            add(AccessToken.class, context -> Optional.ofNullable(context.getAccessToken()));
            add(IdentityToken.class, context -> Optional.ofNullable(context.getIdentityToken()));
            add(RefreshToken.class, OpenIdContext::getRefreshToken);
            add(OpenIdClaims.class, context -> Optional.of(context.getClaims()));
            discovery
                    .addBean()
                    .scope(Dependent.class)
                    .types(new TypeLiteral<Optional<RefreshToken>>() {}.getType())
                    .createWith(creation -> context().getRefreshToken());
        }

        private <T> void add(Class<T> type, Function<OpenIdContext, Optional<T>> part) {
            discovery
                    .addBean()
                    .scope(RequestScoped.class)
                    .types(type)
                    .createWith(creation -> LivePart.of(type, () -> part.apply(context())));
        }

        private OpenIdContext context() {
            return beans.createInstance().select(OpenIdContext.class).get();
        }
    }
}
