package dev.sluice.event.value;

/// The unit in which a user counts a top-up: `USD` and `CNY` count units of [Quote#quotaPerUnit()], `TOKENS` counts quota itself.
public enum DisplayType {
    USD, CNY, TOKENS
}
