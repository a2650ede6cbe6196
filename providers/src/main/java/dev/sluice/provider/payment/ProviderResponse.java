package dev.sluice.provider.payment;

/// What was made of a provider's answer, and the answer itself, for evidence.
///
/// @param answer what it means
/// @param body   the bytes as received; empty when there was no answer, or none that the provider's SDK lets through
// Nobody compares answers, and the body is nothing but bytes.
@SuppressWarnings("ArrayRecordComponent")
public record ProviderResponse<T>(T answer, byte[] body) {}
