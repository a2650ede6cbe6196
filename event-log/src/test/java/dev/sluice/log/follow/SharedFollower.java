package dev.sluice.log.follow;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One follower for all tests of a class that asks for it in its constructor. Each test has its beginning and its end.
final class SharedFollower implements ParameterResolver, BeforeEachCallback, AfterEachCallback {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningFollower.class;
    }

    @Override
    public RunningFollower resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return follower(context);
    }

    private static RunningFollower follower(ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(context.getRequiredTestClass(),
                _ -> new RunningFollower(), RunningFollower.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        follower(context).begin();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        follower(context).end();
    }
}
