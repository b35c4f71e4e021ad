// SPDX-License-Identifier: Apache-2.0
package org.oidcfilter.cdi.openid;

import jakarta.el.ELException;
import jakarta.el.ELManager;
import jakarta.el.ExpressionFactory;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Expressions in the values of an annotation (Jakarta Expression Language), evaluated when the application starts. They see its
 * named beans, and {@code baseURL}.
 */
final class Expressions {
    /** Stands for the address of the application, which requests tell. */
    static final String BASE = "base-url:";

    private final BeanManager beans;
    private @Nullable Evaluator evaluator;

    Expressions(BeanManager beans) {
        this.beans = beans;
    }

    /**
     * A text with what its expressions yield in their places.
     *
     * @throws IllegalArgumentException if that fails
     */
    String text(String text) {
        var plain = withBase(text);
        if (!holdsExpression(plain)) {
            return plain;
        }
        var yielded = withBase(String.valueOf(value(plain, String.class)));
        if (yielded.isBlank()) {
            throw new IllegalArgumentException("is an expression that yields nothing");
        }
        return yielded;
    }

    /**
     * What an expression yields; of whatever is none, the text itself.
     *
     * @throws IllegalArgumentException if that fails
     */
    Object value(String text) {
        return holdsExpression(text) ? value(text, Object.class) : text;
    }

    /** What an expression yields may refer to the base once more. */
    private static String withBase(String text) {
        return text.replace("${baseURL}", BASE).replace("#{baseURL}", BASE);
    }

    private static boolean holdsExpression(String text) {
        return text.contains("${") || text.contains("#{");
    }

    private Object value(String text, Class<?> type) {
        try {
            var known = evaluator;
            if (known == null) {
                known = new Evaluator(beans);
                evaluator = known;
            }
            return Objects.requireNonNull(known.evaluate(text, type), "it yields nothing");
        } catch (LinkageError e) {
            throw new IllegalArgumentException("is an expression, and Jakarta Expression Language is missing", e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "is an expression that cannot be evaluated (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** What cannot be loaded where there is no Expression Language. */
    private static final class Evaluator {
        private final ELManager manager = new ELManager();
        private final ExpressionFactory factory;

        Evaluator(BeanManager beans) {
            factory = beans.wrapExpressionFactory(ELManager.getExpressionFactory()); // ends dependent beans
            manager.addELResolver(beans.getELResolver());
            manager.defineBean("baseURL", BASE);
        }

        /** @throws ELException if that fails */
        @Nullable
        Object evaluate(String text, Class<?> type) {
            var context = manager.getELContext();
            return factory.createValueExpression(context, text, type).getValue(context);
        }
    }
}
