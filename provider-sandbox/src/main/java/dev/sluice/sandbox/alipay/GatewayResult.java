package dev.sluice.sandbox.alipay;

import java.util.Map;

/// The result of a call.
sealed interface GatewayResult {

    /// The merchant's number of the trade it is about; empty without one.
    String number();

    /// The call took effect.
    ///
    /// @param node fields of the response after its code, in that order
    record Done(String number, Map<String, Object> node) implements GatewayResult {}

    /// A refusal, signed: the caller is the merchant.
    ///
    /// @param node fields of the response after the reason
    record Refused(String number, Refusal refusal, Map<String, Object> node) implements GatewayResult {
        Refused(String number, Refusal refusal) {
            this(number, refusal, Map.of());
        }
    }

    /// A refusal that is not signed, as in reality: the caller has not proven to be the merchant.
    record Stranger(String number, Refusal refusal) implements GatewayResult {}

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
    }
}
