package dev.sluice.sandbox.wechat;

/// What is answered to a call.
///
/// @param number of the order it is about; empty if the call named none
record WechatReply(String number, String xml) {}
