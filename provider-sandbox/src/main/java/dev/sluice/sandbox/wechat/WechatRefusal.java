package dev.sluice.sandbox.wechat;

/// Why an order is not taken.
record WechatRefusal(WechatError error, String words) {}
