package dev.sluice.sandbox.wechat;

import java.util.Map;

/// What the merchant can ask of WeChat Pay.
interface WechatOperation {

    /// Does what is asked and says what came of it.
    ///
    /// @param fields what the merchant sent; that it was the merchant is certain
    WechatReply answer(Map<String, String> fields);
}
