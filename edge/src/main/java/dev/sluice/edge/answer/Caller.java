package dev.sluice.edge.answer;

/// The caller, as the token identifies it; the principal of each authenticated request.
///
/// @param user  1 to 64 printable ASCII characters without spaces
/// @param group decides the price; empty when the token names none
public record Caller(String user, String group) {}
