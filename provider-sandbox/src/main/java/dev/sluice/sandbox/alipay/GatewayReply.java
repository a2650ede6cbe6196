package dev.sluice.sandbox.alipay;

/// What is answered to a call.
///
/// @param number of the trade it is about; empty if there is none
record GatewayReply(String number, String json) {}
