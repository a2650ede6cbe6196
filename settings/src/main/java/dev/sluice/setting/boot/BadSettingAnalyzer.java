package dev.sluice.setting.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.sluice.setting.BadSettingException;

/// Reports the invalid setting or key in place of a stack trace.
class BadSettingAnalyzer extends AbstractFailureAnalyzer<BadSettingException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BadSettingException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()),
                "Correct it in the environment, or in the file that SLUICE_SETTINGS names.", cause);
    }
}
