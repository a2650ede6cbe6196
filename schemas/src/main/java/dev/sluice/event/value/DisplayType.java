package dev.sluice.event.value;

/// In what a user counts when topping up: `USD` and `CNY` count units of [Quote#quotaPerUnit()], `TOKENS` counts quota itself.
public enum DisplayType {
    USD, CNY, TOKENS
}
