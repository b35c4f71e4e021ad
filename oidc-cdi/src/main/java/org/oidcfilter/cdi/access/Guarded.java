// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.access;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A method of a bean that {@link AccessInterceptor} looks at. {@link AccessExtension} puts it there. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@interface Guarded {
    /** The annotation itself. */
    final class Literal extends AnnotationLiteral<Guarded> implements Guarded {
        static final Literal INSTANCE = new Literal();
        private static final long serialVersionUID = 1L;

        private Literal() {}
    }
}
