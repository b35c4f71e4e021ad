// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.ServletContext;
import org.oidcfilter.OidcEvent;
import org.oidcfilter.OidcEventListener;
import org.oidcfilter.servlet.ServletRelyingParty;

/** Lets beans observe {@link OidcEvent}s. */
public class EventExtension implements Extension {
    /** For the container. */
    public EventExtension() {}

    /** Strangers cause rejections: tasks for other threads would pile up as fast as they like. */
    void refuseThreads(@Observes ProcessObserverMethod<? extends OidcEvent, ?> process) {
        var method = process.getObserverMethod();
        if (method.isAsync()) {
            process.addDefinitionError(new DefinitionException("@ObservesAsync in "
                    + method.getBeanClass().getName()
                    + " would never be told of an OidcEvent: use @Observes, and hand over what takes its time to threads of"
                    + " your own, with a bound"));
        }
    }

    void begin(
            @Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) @Initialized(ApplicationScoped.class)
                    ServletContext context,
            BeanManager beans) {
        context.setAttribute(ServletRelyingParty.LISTENER, new Observers(beans));
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) ServletContext context) {
        context.removeAttribute(ServletRelyingParty.LISTENER);
    }

    /** Some containers let us answer before they begin the request of CDI. */
    private record Observers(BeanManager beans) implements OidcEventListener {
        @Override
        public void on(OidcEvent event) {
            var requests = beans.createInstance()
                    .select(RequestContextController.class)
                    .get();
            var begun = requests.activate();
            try {
                beans.getEvent().fire(event);
            } finally {
                if (begun) {
                    requests.deactivate();
                }
            }
        }
    }
}
