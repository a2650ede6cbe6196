package dev.sluice.sandbox.wechat;

import java.util.LinkedHashMap;
import java.util.Map;

/// The result of a call.
///
/// @param signed whether it is of the business (`result_code`); those of the transport (`return_code` FAIL) are not signed
/// @param fields of the response, besides those that every signed response has
record WechatResult(boolean signed, Map<String, String> fields) {

    /// The call took effect.
    static WechatResult done(Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("result_code", "SUCCESS");
        all.putAll(fields);
        return new WechatResult(true, all);
    }
}
