// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.it.guarded;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls the methods of the bean by their names. */
@ApplicationScoped
public class Calls {
    @Inject
    private @Nullable Office injected;

    /** What the method returns, if the caller may call it. */
    public String call(String name) {
        Office office = Objects.requireNonNull(injected);
        Map<String, Supplier<String>> methods = Map.of(
                "plain", office::plain,
                "open", office::open,
                "closed", office::closed,
                "admin", office::admin,
                "everybody", office::everybody,
                "strong", office::strong,
                "overridden", office::overridden,
                "free", office::free,
                "cellar", office::cellar,
                "ruled", office::ruled);
        return Objects.requireNonNull(methods.get(name)).get();
    }
}
