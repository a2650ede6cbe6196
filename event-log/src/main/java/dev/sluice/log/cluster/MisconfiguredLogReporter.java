package dev.sluice.log.cluster;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Prints one line in place of a stack trace.
@Order(Ordered.HIGHEST_PRECEDENCE)
class MisconfiguredLogReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MisconfiguredLogException) {
                System.err.println(cause.getMessage());
                return true;
            }
        }
        return false;
    }
}
