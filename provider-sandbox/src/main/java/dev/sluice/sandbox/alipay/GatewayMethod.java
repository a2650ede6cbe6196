package dev.sluice.sandbox.alipay;

import java.util.Map;

/// One method of the gateway.
interface GatewayMethod {

    /// As `method` names it, like `alipay.trade.query`.
    String name();

    /// Does what is asked; that it was the merchant who asked is certain.
    GatewayResult call(Map<String, String> parameters);
}
