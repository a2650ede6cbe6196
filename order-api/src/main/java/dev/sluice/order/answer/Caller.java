package dev.sluice.order.answer;

import dev.sluice.event.value.UserId;

/// The caller, as the token identifies it; the principal of each authenticated request.
///
/// @param group decides the price; empty when the token names none
public record Caller(UserId userId, String group) {}
