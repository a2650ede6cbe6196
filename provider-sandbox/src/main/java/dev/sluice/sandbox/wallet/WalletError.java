package dev.sluice.sandbox.wallet;

import dev.sluice.sandbox.trade.Scan;

/// Why the wallet cannot use a code, as text for the payer.
record WalletError(String code, String message) {

    static WalletError of(Scan.Reason reason) {
        return new WalletError(reason.name(), switch (reason) {
            case UNKNOWN_CODE -> "无法识别的付款码 · Unknown code";
            case EXPIRED_CODE -> "付款码已过期，请在商户页面重新获取 · This code has expired, get a new one from the merchant";
            case CONTEXT_INCONSISTENT -> "交易信息与之前的不一致 · This order was opened before on other terms";
            case CLOSED_TRADE -> "该订单已关闭，无法付款 · This order is closed, it cannot be paid";
            case ALREADY_PAID -> "该订单已支付，请勿重复付款 · This order is paid already";
        });
    }
}
