package dev.sluice.sandbox.wechat;

import java.util.Map;

/// The result of a call.
sealed interface WechatResult {

    /// The call took effect.
    ///
    /// @param fields of the response, besides those that every response has
    record Done(Map<String, String> fields) implements WechatResult {}

    /// The call is refused.
    ///
    /// @param description as text for the merchant
    record Refused(WechatError error, String description) implements WechatResult {}
}
