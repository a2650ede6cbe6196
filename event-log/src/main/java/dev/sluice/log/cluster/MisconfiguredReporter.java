package dev.sluice.log.cluster;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Keeps Spring from printing a stack trace: the process prints the one line.
@Order(Ordered.HIGHEST_PRECEDENCE)
class MisconfiguredReporter implements SpringBootExceptionReporter {
    @Override
    public boolean reportException(Throwable failure) {
        return MisconfiguredException.in(failure).isPresent();
    }
}
