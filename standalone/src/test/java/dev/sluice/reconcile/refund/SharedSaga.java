package dev.sluice.reconcile.refund;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One [SteppedRefunds] for all tests that ask for it in their constructor. Each test finds it without rows, so no two of these classes run
/// beside each other.
final class SharedSaga implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SteppedRefunds.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        SteppedRefunds saga = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(SteppedRefunds.class,
                _ -> started(), SteppedRefunds.class);
        saga.clear();
        return saga;
    }

    private static SteppedRefunds started() {
        try {
            return new SteppedRefunds();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
