package dev.sluice.order.alert;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.sluice.text.Texts;

/// The alerts of `docs/monitoring/alerts.yml`: how bad each is, and how much of it this app can observe.
enum Alert {
    MONEY_WAITING(Severity.CRITICAL, Scope.ALL),
    SLOW_CREDITS(Severity.WARNING, Scope.NOTHING),
    NEW_HOLD(Severity.WARNING, Scope.ALL),
    HOLD_OPEN(Severity.WARNING, Scope.ALL),
    DEAD_LETTER(Severity.CRITICAL, Scope.ALL),
    NOTICE_UNCLEAR(Severity.CRITICAL, Scope.NOTHING),
    NOTICES_NOT_RECORDED(Severity.WARNING, Scope.NOTHING),
    FORGED_NOTICES(Severity.WARNING, Scope.NOTHING),
    FORGERIES_NOT_KEPT(Severity.WARNING, Scope.NOTHING),
    PROVIDER_ANSWER_UNCLEAR(Severity.CRITICAL, Scope.NOTHING),
    PROVIDER_AWAY(Severity.WARNING, Scope.NOTHING),
    SWEEP_OVERDUE(Severity.WARNING, Scope.NOTHING),
    ORDERS_UNASKABLE(Severity.WARNING, Scope.ALL),
    ORDERS_OVERDUE(Severity.WARNING, Scope.ALL),
    REFUNDS_STUCK(Severity.WARNING, Scope.NOTHING),
    REFUNDS_LEFT_AT_PROVIDER(Severity.WARNING, Scope.NOTHING),
    REFUND_OVERDUE(Severity.WARNING, Scope.NOTHING),
    BILL_LATE(Severity.WARNING, Scope.NOTHING),
    DISCREPANCY_OPEN(Severity.WARNING, Scope.NOTHING),
    LEDGER_DIFFERS(Severity.CRITICAL, Scope.NOTHING),
    LEDGER_NOT_PROVEN(Severity.WARNING, Scope.NOTHING),
    SETTINGS_UNREADABLE(Severity.CRITICAL, Scope.THIS_APP),
    LOG_PARTLY_UNAVAILABLE(Severity.CRITICAL, Scope.THIS_APP),
    DISK_FILLS_UP(Severity.WARNING, Scope.ALL),
    DISK_ALMOST_FULL(Severity.CRITICAL, Scope.ALL),
    SETTINGS_CHANGED_CRITICALLY(Severity.CRITICAL, Scope.ALL),
    SETTINGS_REFUSED(Severity.CRITICAL, Scope.NOTHING),
    SETTINGS_WENT_BACK(Severity.CRITICAL, Scope.NOTHING),
    VIEW_PAUSED(Severity.CRITICAL, Scope.THIS_APP),
    CONSUMER_LAG(Severity.WARNING, Scope.THIS_APP),
    APP_DOWN(Severity.CRITICAL, Scope.NOTHING);

    private static final Texts TEXTS = Texts.beside(Alert.class);

    private final Severity severity;
    private final Scope scope;

    /// How soon an operator is needed.
    enum Severity {
        /// Now.
        CRITICAL,
        /// Within the day.
        WARNING;

        /// As `alerts.yml` has it.
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What this app can observe of an alert.
    enum Scope {
        /// The condition, wherever it holds.
        ALL,
        /// Only whether it holds in this instance of this app.
        THIS_APP,
        /// Nothing: Prometheus alone knows.
        NOTHING
    }

    Alert(Severity severity, Scope scope) {
        this.severity = severity;
        this.scope = scope;
    }

    /// The name in `alerts.yml`, in the runbook and in an operator's inbox.
    String label() {
        return Arrays.stream(name().split("_")).map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    Severity severity() {
        return severity;
    }

    Scope scope() {
        return scope;
    }

    /// The alerts of a scope.
    static List<Alert> of(Scope scope) {
        return Arrays.stream(values()).filter(alert -> alert.scope == scope).toList();
    }

    /// What holds now, in the reader's language.
    String summary(Locale locale, Object... values) {
        return TEXTS.of(locale, name() + ".summary", values);
    }

    /// What an operator does about it, in the reader's language.
    String remedy(Locale locale) {
        return TEXTS.of(locale, name() + ".remedy");
    }
}
