// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import java.lang.annotation.Annotation;
import java.util.List;

/** A definition, or the container of several that Jakarta Security 4.0 has and our own API, 3.0, does not. */
final class RepeatedDefinitions {
    private RepeatedDefinitions() {}

    static List<Annotation> of(Annotation annotation) {
        if (!annotation.annotationType().getName().endsWith("$List")) {
            return List.of(annotation);
        }
        try {
            var value = annotation.annotationType().getMethod("value").invoke(annotation);
            return List.of((Annotation[]) value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the container of repeated definitions cannot be read", e);
        }
    }
}
