package dev.sluice.provider.payment;

/// The meaning of a provider's answer, with the answer itself as evidence.
///
/// @param answer its meaning
/// @param body   the bytes as received; empty when no answer arrived
// Never compared, and the body is plain bytes.
@SuppressWarnings("ArrayRecordComponent")
public record ProviderResponse<T>(T answer, byte[] body) {}
