package dev.sluice.provider.wechat.v2.refund;

import java.util.Map;

import dev.sluice.provider.call.ProviderReply;

/// The calls of WeChat Pay about refunds. Each blocks for as long as the provider's time-outs allow and no longer.
public interface WechatRefundCalls {
    /// Sends a request for a refund by the merchant's certificate.
    ///
    /// @throws NotSentException when it cannot be sent; then nothing was
    ProviderReply<Map<String, String>> refund(Map<String, String> fields) throws NotSentException;

    /// Queries refunds.
    ProviderReply<Map<String, String>> queryRefunds(Map<String, String> fields);

    /// Nothing was sent.
    final class NotSentException extends Exception {
        private static final long serialVersionUID = 1;

        private final String code;

        /// @param code stable, for operators
        public NotSentException(String code, String message) {
            super(message);
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
