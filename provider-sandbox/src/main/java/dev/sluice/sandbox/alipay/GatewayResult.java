package dev.sluice.sandbox.alipay;

import java.util.LinkedHashMap;
import java.util.Map;

/// The result of a call.
///
/// @param number the merchant's number of the trade it is about; empty without one
/// @param signed whether the caller has proven to be the merchant; the response to any other is not signed, as in reality
/// @param node fields of the response, in that order
record GatewayResult(String number, boolean signed, Map<String, Object> node) {

    /// The call took effect on a trade.
    static GatewayResult done(String number, Map<String, ?> fields) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("code", "10000");
        node.put("msg", "Success");
        node.put("out_trade_no", number);
        node.putAll(fields);
        return new GatewayResult(number, true, node);
    }

    /// The call is answered, and is about no trade.
    static GatewayResult answered(Map<String, ?> fields) {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("code", "10000");
        node.put("msg", "Success");
        node.putAll(fields);
        return new GatewayResult("", true, node);
    }

    /// The merchant's call is refused.
    static GatewayResult refused(String number, Refusal refusal) {
        return new GatewayResult(number, true, refusal.node());
    }

    /// The call of another than the merchant is refused.
    static GatewayResult stranger(String number, Refusal refusal) {
        return new GatewayResult(number, false, refusal.node());
    }

    /// The same with more fields at its end.
    GatewayResult with(Map<String, String> fields) {
        Map<String, Object> longer = new LinkedHashMap<>(node);
        longer.putAll(fields);
        return new GatewayResult(number, signed, longer);
    }

    /// Why a call is refused, in Alipay's codes.
    record Refusal(String code, String msg, String subCode, String subMsg) {

        static Refusal missing(String subCode, String subMsg) {
            return new Refusal("40001", "Missing Required Arguments", subCode, subMsg);
        }

        static Refusal invalid(String subCode, String subMsg) {
            return new Refusal("40002", "Invalid Arguments", subCode, subMsg);
        }

        static Refusal business(String subCode, String subMsg) {
            return new Refusal("40004", "Business Failed", subCode, subMsg);
        }

        static Refusal unavailable(String subMsg) {
            return new Refusal("20000", "Service Currently Unavailable", "isp.unknow-error", subMsg);
        }

        private Map<String, Object> node() {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("code", code);
            node.put("msg", msg);
            node.put("sub_code", subCode);
            node.put("sub_msg", subMsg);
            return node;
        }
    }
}
