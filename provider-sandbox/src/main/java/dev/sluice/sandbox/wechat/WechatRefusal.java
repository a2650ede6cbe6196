package dev.sluice.sandbox.wechat;

/// Why a call does not get what it asks for.
record WechatRefusal(WechatError error, String words) {}
