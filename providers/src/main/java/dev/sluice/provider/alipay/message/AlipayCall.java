package dev.sluice.provider.alipay.message;

import java.util.Set;

import com.alipay.api.AlipayRequest;

import dev.sluice.provider.call.ProviderReply;

/// A call of Alipay's gateway.
@FunctionalInterface
public interface AlipayCall {
    /// Blocks, for as long as the provider's time-outs allow and no longer.
    ///
    /// @param foreign fields that only answers to other questions have
    ProviderReply<AlipayReply> send(AlipayRequest<?> request, Set<String> foreign);
}
