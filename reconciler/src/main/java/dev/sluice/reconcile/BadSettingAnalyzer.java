package dev.sluice.reconcile;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.sluice.setting.BadSettingException;

/// Says which setting is wrong instead of showing a stack trace.
class BadSettingAnalyzer extends AbstractFailureAnalyzer<BadSettingException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BadSettingException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), "Correct it in the file that SLUICE_SETTINGS names.", cause);
    }
}
