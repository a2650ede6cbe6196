package dev.sluice.reconcile.pending;

import java.util.function.Supplier;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One PostgreSQL, or one stepped reconciler, for all tests that ask for it in their constructor. Each test finds it without rows, so no two
/// of these classes run beside each other.
final class SharedRows implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == PendingRows.class || type == SteppedReconciler.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (parameter.getParameter().getType() == PendingRows.class) {
            PendingRows rows = shared(context, PendingRows.class, PendingRows::started);
            rows.clear();
            return rows;
        }
        SteppedReconciler reconciler = shared(context, SteppedReconciler.class, SteppedReconciler::started);
        reconciler.read();
        reconciler.rows().clear();
        return reconciler;
    }

    private static <T> T shared(ExtensionContext context, Class<T> type, Supplier<T> started) {
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(type, _ -> started.get(), type);
    }
}
