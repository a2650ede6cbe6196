package dev.sluice.sandbox.alipay;

/// Why the gateway does not do what it is asked, in its own codes.
record GatewayRefusal(String code, String msg, String subCode, String subMsg) {

    static GatewayRefusal missing(String subCode, String subMsg) {
        return new GatewayRefusal("40001", "Missing Required Arguments", subCode, subMsg);
    }

    static GatewayRefusal invalid(String subCode, String subMsg) {
        return new GatewayRefusal("40002", "Invalid Arguments", subCode, subMsg);
    }

    static GatewayRefusal business(String subCode, String subMsg) {
        return new GatewayRefusal("40004", "Business Failed", subCode, subMsg);
    }

    static GatewayRefusal noTrade() {
        return business("ACQ.TRADE_NOT_EXIST", "交易不存在");
    }

    static GatewayRefusal unavailable(String subMsg) {
        return new GatewayRefusal("20000", "Service Currently Unavailable", "isp.unknow-error", subMsg);
    }
}
